package io.guildhall.bench.demo;

import io.guildhall.bench.client.Api;
import io.guildhall.bench.client.NoAnswer;
import io.guildhall.bench.client.Refused;
import io.guildhall.bench.node.Program;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Walks the whole path with real requests and checks every cent. */
public final class Demo {
    private Demo() {}

    /** Against what runs on the port, or a node of its own where nothing does. */
    public static int runAnywhere(int port, Program program) {
        var usual = URI.create("http://127.0.0.1:" + port);
        if (Api.knock(usual.resolve("/")).equals(Optional.of(200))) return run(usual);
        System.out.println("Nothing runs at " + usual + "; starting a node for this walk.");
        try (var house = program.start(1)) {
            house.awaitReady();
            int result = run(house.urls().getFirst());
            System.out.println("Stopping the node that was started for this walk.");
            return result;
        } catch (NoAnswer failure) {
            System.err.println(failure.getMessage());
            return 1;
        }
    }

    /** The exit code. */
    public static int run(URI url) {
        var paper = new Paper();
        try (var api = new Api(List.of(url), Api.Patience.calm())) {
            paper.title("Guildhall: from registration to the last review, at " + url);
            long began = System.nanoTime();
            new Walk(paper, api).run();
            paper.end("Everything as expected, to the cent, in " + Math.round((System.nanoTime() - began) / 1e8) / 10.0
                    + " s.");
            return 0;
        } catch (Wrong | Refused | NoAnswer failure) {
            paper.wrong(failure.getMessage());
            System.out.println();
            return 1;
        }
    }
}
