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
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that sends configured replies to some commands, and default ones to all others. */
final class ScriptedSmtpServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Map<String, String> replies;
    /** The commands received so far. */
    final List<String> commands = new CopyOnWriteArrayList<>();

    /** @param replies by the start of the command; {@code .} is the end of the mail. No reply at all if it is blank. */
    ScriptedSmtpServer(Map<String, String> replies) throws IOException {
        this.replies = replies;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
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
        try (connection;
                var lines = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            send(connection, "220 test");
            boolean isData = false;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (isData && !line.equals(".")) continue;
                isData = line.equals("DATA");
                commands.add(line);
                send(connection, reply(line));
            }
        } catch (IOException _) {
            // The client has disconnected.
        }
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
