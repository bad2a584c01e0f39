package io.guildhall.operate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Sends requests with any headers. The HTTP client of the JDK does not let a caller choose the host name. */
public final class RawHttp {
    private static final int TIMEOUT_MILLIS = 20_000;

    private RawHttp() {}

    /** @param head the lines before the body */
    public record Response(int status, List<String> head, String body) {}

    /** @param headers as lines, with the host */
    public static Response send(int port, String method, String path, List<String> headers) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            var request = method + " " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers)
                    + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(UTF_8));
            var response = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            var head = new ArrayList<String>();
            for (var line = response.readLine(); line != null && !line.isEmpty(); line = response.readLine())
                head.add(line);
            return new Response(
                    Integer.parseInt(head.getFirst().split(" ", 3)[1]),
                    head,
                    method.equals("HEAD") ? "" : body(head, response));
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        }
    }

    /** A response without a length, such as a stream of events, is not read. */
    private static String body(List<String> head, BufferedReader response) throws IOException {
        var length = head.stream()
                .filter(it -> it.startsWith("Content-Length: "))
                .mapToInt(it -> Integer.parseInt(it.substring("Content-Length: ".length())))
                .findFirst()
                .orElse(0);
        var body = new char[length];
        for (int read = 0; read < length; ) {
            int next = response.read(body, read, length - read);
            if (next < 0) throw new EOFException();
            read += next;
        }
        return new String(body);
    }
}
