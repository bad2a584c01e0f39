package io.guildhall.bench.load;

import io.guildhall.bench.client.NoResponseException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Authenticated live connections that send and read nothing more. A plain socket each, so that they cost the client little. */
final class IdleLiveSockets implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int TEXT_FRAME = 0x81;
    private static final int MASKED = 0x80;
    private static final int EXTENDED_LENGTH = 126;
    private static final int MAX_READ = 4_096;

    private final List<Socket> sockets = new ArrayList<>();

    /** @param response what the server sends after the frame that authenticates */
    void open(URI server, String accessToken, String response, int count) throws IOException {
        for (int i = 0; i < count; i++) sockets.add(open(server, accessToken, response));
    }

    int count() {
        return sockets.size();
    }

    private static Socket open(URI server, String accessToken, String response) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(MAX_READ);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(
                new InetSocketAddress(InetAddress.getByName(server.getHost()), server.getPort()), TIMEOUT_MILLIS);
        var request = "GET /api/live HTTP/1.1\r\nHost: " + server.getAuthority()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: guildhall.v1\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        await(socket, "\r\n\r\n");
        socket.getOutputStream().write(frame("{\"type\":\"authenticate\",\"token\":\"" + accessToken + "\"}"));
        await(socket, response);
        return socket;
    }

    /** A text frame with a mask of zeros, which changes nothing. */
    private static byte[] frame(String text) {
        var payload = text.getBytes(StandardCharsets.UTF_8);
        var frame = new byte[8 + payload.length];
        frame[0] = (byte) TEXT_FRAME;
        frame[1] = (byte) (MASKED | EXTENDED_LENGTH);
        frame[2] = (byte) (payload.length >> 8);
        frame[3] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, 8, payload.length);
        return frame;
    }

    private static void await(Socket socket, String end) throws IOException {
        var received = new StringBuilder();
        var buffer = new byte[MAX_READ];
        while (received.indexOf(end) < 0) {
            int count = socket.getInputStream().read(buffer);
            if (count < 0 || received.length() > 4 * MAX_READ)
                throw new NoResponseException("a live connection was not accepted: " + received);
            received.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        }
    }

    @Override
    public void close() throws IOException {
        for (var it : sockets) it.close();
    }
}
