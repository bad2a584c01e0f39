package io.guildhall.bench.outage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.guildhall.bench.client.ProposalTerms;
import io.guildhall.bench.client.User;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Posts jobs to every node without a pause, without repeating a request, until it is closed. */
final class WriteLoad implements AutoCloseable {
    private static final int WRITERS_PER_NODE = 4;
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(40);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final User client;
    private final List<URI> nodes;
    private final List<Thread> writers;
    private final Queue<String> jobs = new ConcurrentLinkedQueue<>();
    private final Queue<Result> results = new ConcurrentLinkedQueue<>();
    private final ConcurrentMap<Integer, Long> lastWrite = new ConcurrentHashMap<>();
    private volatile boolean isStopping;

    /** @param status 0 if there was no response */
    private record Result(int status, long millis) {}

    /** The requests that were completed in a part of the run. */
    record Phase(List<Result> results) {
        long written() {
            return results.stream().filter(it -> it.status() == 201).count();
        }

        long failed() {
            return results.size() - written();
        }

        long internalErrors() {
            return results.stream().filter(it -> it.status() == 500).count();
        }

        long slowestMillis() {
            return results.stream().mapToLong(Result::millis).max().orElse(0);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d jobs posted, %d requests failed, the slowest response after %.1f s",
                    written(),
                    failed(),
                    slowestMillis() / 1e3);
        }
    }

    WriteLoad(User client, List<URI> nodes) {
        this.client = client;
        this.nodes = nodes;
        this.writers = IntStream.range(0, nodes.size() * WRITERS_PER_NODE)
                .mapToObj(i -> Thread.ofVirtual().start(() -> write(i % nodes.size())))
                .toList();
    }

    private void write(int node) {
        while (!isStopping) {
            long started = System.nanoTime();
            var result = post(node);
            results.add(new Result(result, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started)));
        }
    }

    private int post(int node) {
        try {
            var request = HttpRequest.newBuilder(nodes.get(node).resolve("/api/jobs"))
                    .timeout(REQUEST_TIMEOUT)
                    .header("Authorization", "Bearer " + client.accessToken())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(job())))
                    .build();
            var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() == 201) {
                jobs.add(JSON.readTree(response.body()).path("id").asText());
                lastWrite.put(node, System.nanoTime());
            }
            return response.statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static Map<String, Object> job() {
        return Map.of(
                "title", "A logo for a bakery",
                "description", "A mark for the sign and for paper bags.",
                "category", "design",
                "skills", List.of(),
                "pay", "FIXED",
                "budget", Map.of("min", ProposalTerms.money(10_000), "max", ProposalTerms.money(20_000)));
    }

    /** The requests that were completed since the last call. */
    Phase take() {
        var taken = new ArrayList<Result>();
        for (var it = results.poll(); it != null; it = results.poll()) taken.add(it);
        return new Phase(List.copyOf(taken));
    }

    /** Whether a node has acknowledged a write after this time. */
    boolean writtenSince(long nanoTime, int node) {
        return Optional.ofNullable(lastWrite.get(node))
                .filter(it -> it > nanoTime)
                .isPresent();
    }

    int acknowledged() {
        return jobs.size();
    }

    /** The number of acknowledged jobs that do not exist. */
    long lost() {
        return jobs.stream()
                .filter(it ->
                        client.find("/api/jobs/" + it).map(JsonNode::isObject).isEmpty())
                .count();
    }

    /** Waits for the requests in progress. */
    @Override
    public void close() {
        stop();
        http.shutdownNow();
    }

    /** Stops after the requests that are under way. */
    void stop() {
        isStopping = true;
        try {
            for (var writer : writers) writer.join(REQUEST_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
