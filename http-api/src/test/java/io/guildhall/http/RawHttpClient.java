package io.guildhall.http;

import io.guildhall.Await;
import io.guildhall.http.endpoint.Contract;
import io.guildhall.http.network.TrustedProxies;
import io.guildhall.http.server.ConnectionLimits;
import io.guildhall.http.server.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Sends raw bytes over a socket, also malformed ones, and checks responses of the API against the OpenAPI document. */
public final class RawHttpClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 15_000;
    private final HttpServer.Binding binding;
    private final Contract contract;

    /** Everything until the server closed the connection; status 0 where it sent nothing. */
    public record RawResponse(int status, String contentType, String text) {}

    public RawHttpClient(TestClient client) {
        this.contract = client.contract();
        this.binding = Await.result(new HttpServer(
                        client.materializer().system(),
                        "test",
                        ConnectionLimits.SMALL,
                        TrustedProxies.NONE,
                        new SimpleMeterRegistry())
                .bind("127.0.0.1", 0, client.handler()));
    }

    /** @param head the request line and headers, without the end of the last line; Connection: close is added */
    public RawResponse send(String head, byte[] body) {
        var bytes = exchange((head + "\r\nHost: localhost\r\nConnection: close\r\n\r\n"), body);
        var text = finalResponse(new String(bytes, StandardCharsets.ISO_8859_1));
        if (text.isEmpty()) return new RawResponse(0, "", "");
        int end = text.indexOf("\r\n\r\n");
        var type = Arrays.stream(text.substring(0, end).split("\r\n"))
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-type: "))
                .map(line -> line.substring("content-type: ".length()))
                .findFirst()
                .orElse("");
        var response = new RawResponse(Integer.parseInt(text.substring(9, 12)), type, text.substring(end + 4));
        var requestLine = head.split(" ", 3);
        if (type.equals("application/problem+json") && !requestLine[0].equals("HEAD"))
            contract.check(
                    requestLine[0],
                    requestLine[1],
                    response.status(),
                    type,
                    response.text().getBytes(StandardCharsets.ISO_8859_1));
        return response;
    }

    /** The final response, without interim ones: whether the server sends 100 Continue depends on timing. */
    private static String finalResponse(String text) {
        return text.startsWith("HTTP/1.1 1") ? finalResponse(text.substring(text.indexOf("\r\n\r\n") + 4)) : text;
    }

    private byte[] exchange(String head, byte[] body) {
        try (var socket = new Socket(
                InetAddress.getLoopbackAddress(), binding.localAddress().getPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            return socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Await.result(binding.unbind());
    }
}
