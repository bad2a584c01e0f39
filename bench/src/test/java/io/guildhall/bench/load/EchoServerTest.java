package io.guildhall.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import org.junit.jupiter.api.Test;

/** The baseline of connections to the program. */
class EchoServerTest {
    private static final String AUTHENTICATE = "authenticate";

    @Test
    void sendsABroadcastToEachConnectionAndReturnsOtherFramesToTheSender() throws IOException, InterruptedException {
        try (var server = new EchoServer();
                var http = HttpClient.newHttpClient();
                var all = new Subscribers();
                var probe = new EchoProbe(http, server.uri())) {
            for (int i = 0; i < 4; i++) all.open(http, server.uri(), "", AUTHENTICATE, EchoServer.BROADCAST);
            var sender = all.open(http, server.uri(), "", AUTHENTICATE, EchoServer.BROADCAST);
            var frame = "{\"type\":\"" + EchoServer.BROADCAST + "\"}";
            assertThat(all.measure(2, _ -> sender.send(frame)).getTotalCount()).isEqualTo(10);
            assertThat(probe.echo(3).getTotalCount()).isEqualTo(3);
        }
    }

    @Test
    void holdsIdleConnectionsWhoseHeapCanBeMeasured() throws IOException, InterruptedException {
        try (var server = new EchoServer();
                var idle = new IdleLiveSockets()) {
            idle.open(server.uri(), "token", "\"" + AUTHENTICATE + "\"", 20);
            assertThat(idle.count()).isEqualTo(20);
            assertThat(Heap.megabytesAfterCollection(server.pid())).isBetween(0L, 512L);
        }
    }
}
