package io.guildhall.bench.demo;

import io.guildhall.bench.client.ApiClient;
import io.guildhall.bench.client.NoResponseException;
import io.guildhall.bench.client.ProblemException;
import io.guildhall.bench.node.Launcher;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Goes through a whole hire over HTTP, from registration to the last review, and checks every amount. */
public final class Demo {
    private Demo() {}

    /** Uses the node on the port, or starts one for the demo if none is running. */
    public static int runOnPort(int port, Launcher launcher) {
        var url = URI.create("http://127.0.0.1:" + port);
        if (ApiClient.probe(url.resolve("/")).equals(Optional.of(200))) return run(url);
        System.out.println("No node is running at " + url + "; starting one for this demo.");
        try (var cluster = launcher.start(1)) {
            cluster.awaitReady();
            int exitCode = run(cluster.urls().getFirst());
            System.out.println("Stopping the node that was started for this demo.");
            return exitCode;
        } catch (NoResponseException failure) {
            System.err.println(failure.getMessage());
            return 1;
        }
    }

    /** @return the exit code */
    public static int run(URI url) {
        var transcript = new Transcript();
        try (var api = new ApiClient(List.of(url), ApiClient.RetryPolicy.standard())) {
            transcript.title("Guildhall: from registration to the last review, at " + url);
            long started = System.nanoTime();
            new Walkthrough(transcript, api, url).run();
            transcript.success("All checks passed and every amount is exact, in "
                    + Math.round((System.nanoTime() - started) / 1e8) / 10.0 + " s.");
            return 0;
        } catch (CheckFailedException | ProblemException | NoResponseException failure) {
            transcript.failure(String.valueOf(failure.getMessage()));
            System.out.println();
            return 1;
        }
    }
}
