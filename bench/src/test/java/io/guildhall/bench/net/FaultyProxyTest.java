package io.guildhall.bench.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.bench.net.FaultyProxy.Condition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that sends every byte back, through the proxy. */
class FaultyProxyTest {
    private static final int TIMEOUT_MILLIS = 200;

    private ServerSocket server;
    private FaultyProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(() -> {
            try {
                while (true) {
                    var socket = server.accept();
                    Thread.startVirtualThread(() -> echo(socket));
                }
            } catch (IOException e) {
                // Closed.
            }
        });
        proxy = FaultyProxy.ofLocalPort(server.getLocalPort());
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // Closed.
        }
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    private Socket connect(String source) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(source, 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
        return socket;
    }

    private static int echoed(Socket socket, int timeoutMillis) throws IOException {
        socket.setSoTimeout(timeoutMillis);
        socket.getOutputStream().write(7);
        return socket.getInputStream().read();
    }

    @Test
    void cutsOneSourceOffAndLeavesTheOthers() throws IOException {
        try (var cut = connect("127.0.1.1");
                var other = connect("127.0.1.2")) {
            assertThat(echoed(cut, 5_000)).isEqualTo(7);
            proxy.setCondition(it -> it.getHostAddress().equals("127.0.1.1") ? Condition.CUT : Condition.GOOD);
            assertThatThrownBy(() -> echoed(cut, TIMEOUT_MILLIS)).isInstanceOf(SocketTimeoutException.class);
            assertThat(echoed(other, 5_000)).isEqualTo(7);
            proxy.setCondition(_ -> Condition.GOOD);
            assertThatThrownBy(() -> echoed(cut, TIMEOUT_MILLIS))
                    .as("a stream that has lost a part stays silent")
                    .isInstanceOf(SocketTimeoutException.class);
            proxy.closeSilenced();
            cut.setSoTimeout(5_000);
            assertThat(cut.getInputStream().read()).as("closed").isEqualTo(-1);
            try (var again = connect("127.0.1.1")) {
                assertThat(echoed(again, 5_000)).isEqualTo(7);
            }
        }
    }

    @Test
    void lossDelaysAndLosesNothing() throws IOException {
        proxy.setCondition(_ -> Condition.LOSSY);
        try (var socket = connect("127.0.1.1")) {
            for (int i = 0; i < 20; i++) assertThat(echoed(socket, 5_000)).isEqualTo(7);
        }
    }
}
