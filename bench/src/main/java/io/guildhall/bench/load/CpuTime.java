package io.guildhall.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** The CPU time that a node and its embedded database have used. Unlike a rate, it hardly depends on other load. */
record CpuTime(Duration jvm, Duration database) {
    /** @param postmasterPid the file that contains the process id of the database */
    static CpuTime of(ProcessHandle node, Path postmasterPid) throws IOException {
        long postmaster =
                Long.parseLong(Files.readAllLines(postmasterPid).getFirst().strip());
        var database = ProcessHandle.of(postmaster).stream().flatMap(it -> Stream.concat(Stream.of(it), it.children()));
        return new CpuTime(of(node), database.map(CpuTime::of).reduce(Duration.ZERO, Duration::plus));
    }

    private static Duration of(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    CpuTime since(CpuTime earlier) {
        return new CpuTime(jvm.minus(earlier.jvm), database.minus(earlier.database));
    }

    Duration total() {
        return jvm.plus(database);
    }
}
