package io.guildhall.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The memory of a node and its embedded database, as reported by Linux: the proportional set size (PSS) in kB. A page
 * that several processes share is divided among them.
 *
 * @param database the sum over all processes of the database
 */
record Memory(long jvm, long database) {
    /** Empty if the operating system does not report it. */
    static Optional<Memory> of(ProcessHandle program, Path postmasterPid) {
        try {
            long postmaster =
                    Long.parseLong(Files.readAllLines(postmasterPid).getFirst().strip());
            var database = ProcessHandle.of(postmaster).map(Memory::processTree).orElse(List.of());
            var all = Stream.concat(processTree(program).stream(), database.stream())
                    .collect(Collectors.toSet());
            long jvm = 0;
            long postgres = 0;
            for (long pid : all) {
                if (pid == program.pid()) jvm += pss(pid);
                else postgres += pss(pid);
            }
            return Optional.of(new Memory(jvm, postgres));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    long total() {
        return jvm + database;
    }

    private static List<Long> processTree(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    private static long pss(long pid) throws IOException {
        return pss(Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup")));
    }

    static long pss(List<String> rollup) {
        return rollup.stream()
                .filter(it -> it.startsWith("Pss:"))
                .mapToLong(it -> Long.parseLong(it.replaceAll("\\D+", "")))
                .sum();
    }
}
