package io.guildhall.bench.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A minimal WebSocket server, which returns each text frame unchanged on one connection at a time. The baseline for
 * connections to the program.
 */
final class EchoServer implements AutoCloseable {
    private static final String HANDSHAKE_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final Pattern KEY = Pattern.compile("(?i)Sec-WebSocket-Key: (\\S+)");
    private static final int TEXT_FRAME = 0x81;
    private static final int LENGTH = 0x7f;
    private static final int EXTENDED_LENGTH = 126;
    private static final int MASK_BYTES = 4;
    private static final int MAX_HEADER = 8_192;

    private final ServerSocket server;

    EchoServer() throws IOException {
        this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var _ = Thread.ofVirtual().name("echo").start(this::run);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void run() {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                socket.setTcpNoDelay(true);
                serve(socket);
            } catch (IOException e) {
                // The client has closed the connection, or the server is closed.
            }
        }
    }

    private static void serve(Socket socket) throws IOException {
        var in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        var out = socket.getOutputStream();
        var key = KEY.matcher(header(in));
        if (!key.find()) throw new IOException("no WebSocket handshake");
        out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Protocol: guildhall.v1\r\nSec-WebSocket-Accept: " + accept(key.group(1))
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        while (true) echo(in, out);
    }

    private static String header(DataInputStream in) throws IOException {
        var header = new StringBuilder();
        while (header.indexOf("\r\n\r\n") < 0 && header.length() < MAX_HEADER)
            header.append((char) in.readUnsignedByte());
        return header.toString();
    }

    private static String accept(String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + HANDSHAKE_GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void echo(DataInputStream in, OutputStream out) throws IOException {
        in.readUnsignedByte();
        int length = in.readUnsignedByte() & LENGTH;
        if (length == EXTENDED_LENGTH) length = in.readUnsignedShort();
        var mask = in.readNBytes(MASK_BYTES);
        var payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) payload[i] ^= mask[i % MASK_BYTES];
        var frame = new ByteArrayOutputStream();
        frame.write(TEXT_FRAME);
        if (length < EXTENDED_LENGTH) {
            frame.write(length);
        } else {
            frame.write(EXTENDED_LENGTH);
            frame.write(length >> 8);
            frame.write(length);
        }
        frame.write(payload);
        out.write(frame.toByteArray());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
