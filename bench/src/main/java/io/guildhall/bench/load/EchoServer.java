package io.guildhall.bench.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A minimal WebSocket server in a process of its own: the baseline for connections to the program. It returns each text
 * frame unchanged, and sends a frame with the word {@value #BROADCAST} to all connections.
 */
final class EchoServer implements AutoCloseable {
    static final String BROADCAST = "broadcast";

    private static final String HANDSHAKE_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final Pattern KEY = Pattern.compile("(?i)Sec-WebSocket-Key: (\\S+)");
    private static final int TEXT_FRAME = 0x81;
    private static final int LENGTH = 0x7f;
    private static final int EXTENDED_LENGTH = 126;
    private static final int MASK_BYTES = 4;
    private static final int MAX_HEADER = 8_192;
    private static final int BACKLOG = 1_000;

    private final Process process;
    private final URI uri;

    EchoServer() throws IOException {
        this.process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EchoServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var port = process.inputReader().readLine();
        if (port == null) throw new IOException("the echo server did not start");
        this.uri = URI.create("http://127.0.0.1:" + port);
    }

    URI uri() {
        return uri;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** Serves until its input ends, which it does with the process that has started it. */
    public static void main(String[] arguments) throws IOException {
        var server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Set<Connection> connections = ConcurrentHashMap.newKeySet();
        var _ = Thread.ofVirtual().start(() -> accept(server, connections));
        System.out.println(server.getLocalPort());
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    private static void accept(ServerSocket server, Set<Connection> connections) {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                var _ = Thread.ofVirtual().start(() -> serve(socket, connections));
            } catch (IOException e) {
                System.err.println("The echo server could not accept a connection: " + e.getMessage());
            }
        }
    }

    private static void serve(Socket socket, Set<Connection> connections) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            var connection = new Connection(socket.getOutputStream());
            connection.send(handshake(in));
            connections.add(connection);
            try {
                serve(in, connection, connections);
            } finally {
                connections.remove(connection);
            }
        } catch (IOException e) {
            // The client has closed the connection.
        }
    }

    private static void serve(DataInputStream in, Connection connection, Set<Connection> connections)
            throws IOException {
        while (true) {
            var payload = read(in);
            var frame = frame(payload);
            if (new String(payload, StandardCharsets.UTF_8).contains(BROADCAST))
                for (var it : connections) it.send(frame);
            else connection.send(frame);
        }
    }

    private record Connection(OutputStream out) {
        synchronized void send(byte[] bytes) throws IOException {
            out.write(bytes);
        }
    }

    private static byte[] handshake(InputStream in) throws IOException {
        var key = KEY.matcher(header(in));
        if (!key.find()) throw new IOException("no WebSocket handshake");
        return ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Protocol: guildhall.v1\r\nSec-WebSocket-Accept: " + accept(key.group(1))
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String header(InputStream in) throws IOException {
        var header = new StringBuilder();
        while (header.indexOf("\r\n\r\n") < 0 && header.length() < MAX_HEADER) {
            int read = in.read();
            if (read < 0) throw new EOFException();
            header.append((char) read);
        }
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

    private static byte[] read(DataInputStream in) throws IOException {
        in.readUnsignedByte();
        int length = in.readUnsignedByte() & LENGTH;
        if (length == EXTENDED_LENGTH) length = in.readUnsignedShort();
        var mask = in.readNBytes(MASK_BYTES);
        var payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) payload[i] ^= mask[i % MASK_BYTES];
        return payload;
    }

    private static byte[] frame(byte[] payload) {
        var frame = new ByteArrayOutputStream();
        frame.write(TEXT_FRAME);
        if (payload.length < EXTENDED_LENGTH) {
            frame.write(payload.length);
        } else {
            frame.write(EXTENDED_LENGTH);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        frame.writeBytes(payload);
        return frame.toByteArray();
    }
}
