package io.guildhall.adapter.smtp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that sends configured replies to some commands, and default ones to all others. */
final class ScriptedSmtpServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Map<String, String> replies;
    private final Optional<SSLContext> tls;
    /** The commands received so far. */
    final List<String> commands = new CopyOnWriteArrayList<>();

    /** @param replies by the start of the command; {@code .} is the end of the mail. No reply at all if it is blank. */
    ScriptedSmtpServer(Map<String, String> replies) throws IOException {
        this(replies, Optional.empty(), new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    private ScriptedSmtpServer(Map<String, String> replies, Optional<SSLContext> tls, ServerSocket socket) {
        this.replies = replies;
        this.tls = tls;
        this.socket = socket;
        Thread.ofVirtual().start(this::serve);
    }

    /** A server that uses TLS from the first byte. */
    static ScriptedSmtpServer withTls(SSLContext tls) throws IOException {
        var sockets = tls.getServerSocketFactory();
        return new ScriptedSmtpServer(
                Map.of(), Optional.empty(), sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    /** A server that uses TLS after the command STARTTLS. */
    static ScriptedSmtpServer withStartTls(SSLContext tls) throws IOException {
        return new ScriptedSmtpServer(
                Map.of("EHLO", "250-test\r\n250 STARTTLS", "STARTTLS", "220 go on"),
                Optional.of(tls),
                new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                Thread.ofVirtual().start(() -> converse(connection));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void converse(Socket connection) {
        try (connection) {
            send(connection, "220 test");
            if (!converseUntil("STARTTLS", connection)) return;
            var factory = tls.orElseThrow().getSocketFactory();
            try (var encrypted = (SSLSocket) factory.createSocket(connection, null, connection.getPort(), true)) {
                encrypted.setUseClientMode(false);
                converseUntil("", encrypted);
            }
        } catch (IOException _) {
            // The client has disconnected.
        }
    }

    /** Returns whether it has replied to the command, after which the connection continues otherwise. */
    private boolean converseUntil(String last, Socket connection) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        boolean isData = false;
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (isData && !line.equals(".")) continue;
            isData = line.equals("DATA");
            commands.add(line);
            send(connection, reply(line));
            if (line.equals(last) && tls.isPresent()) return true;
        }
        return false;
    }

    private String reply(String command) {
        return replies.entrySet().stream()
                .filter(it -> command.startsWith(it.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> command.equals("DATA") ? "354 go on" : "250 OK");
    }

    private static void send(Socket connection, String reply) throws IOException {
        if (reply.isBlank()) return;
        connection.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
        connection.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
