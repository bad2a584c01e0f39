package io.guildhall.bench.load;

import io.guildhall.bench.client.NoResponseException;
import io.guildhall.bench.client.ProblemException;
import java.io.IOException;
import java.sql.SQLException;

/** A benchmark: measures and prints. A goal that is missed is not a failure. */
@FunctionalInterface
public interface Benchmark {
    void run() throws SQLException, IOException, InterruptedException;

    /**
     * Runs the benchmark, and prints why if it could not be completed.
     *
     * @return the exit code: 0 if everything was measured
     */
    static int exitCode(Benchmark benchmark) {
        try {
            benchmark.run();
            return 0;
        } catch (SQLException | IOException | NoResponseException | ProblemException | IllegalStateException e) {
            System.err.println("The benchmark could not be completed: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }
}
