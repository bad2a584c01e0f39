package io.guildhall.adapter.redis;

import static io.guildhall.Await.result;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import redis.embedded.RedisServer;

/** A Redis server as a process. It can be stopped and started again on the same port, then it is empty. */
public final class TestRedis implements AutoCloseable {
    private final int port;
    private final RedisServer server;
    private final List<Redis> clients = new ArrayList<>();

    public TestRedis() {
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            server = RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestRedis start() {
        try {
            server.start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI url() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    /** A client, which is closed with the server. */
    Redis connect() {
        var client = new Redis(url(), Duration.ofSeconds(10));
        clients.add(client);
        return client;
    }

    public boolean hasKey(String key) {
        return result(connect()
                .call(
                        client -> client.getKeys().countExists(key) == 1,
                        () -> CompletableFuture.failedFuture(new IOException("Redis is unavailable"))));
    }

    public void stop() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        clients.forEach(Redis::close);
        stop();
    }
}
