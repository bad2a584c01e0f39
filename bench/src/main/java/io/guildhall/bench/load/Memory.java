package io.guildhall.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What processes hold of the machine's memory, as Linux counts it.
 *
 * @param jvm proportional set size in kB: pages that are shared count once over all who share them
 * @param database of all the server's processes together
 */
record Memory(long jvm, long database) {
    /** Nothing where the system does not tell. */
    static Optional<Memory> of(ProcessHandle program, Path postmasterPid) {
        try {
            long postmaster =
                    Long.parseLong(Files.readAllLines(postmasterPid).getFirst().strip());
            var database = ProcessHandle.of(postmaster).map(Memory::tree).orElse(List.of());
            var all = Stream.concat(tree(program).stream(), database.stream()).collect(Collectors.toSet());
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

    private static List<Long> tree(ProcessHandle root) {
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
