package io.guildhall.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The heap of a node, read with {@code jcmd}. */
final class Heap {
    private static final Pattern USED =
            Pattern.compile("(?m)^ ?(?:\\S+|.* generation|garbage-first heap) +total .*?used (\\d+)([KM])");

    private Heap() {}

    /** Runs a full collection and returns what is in use after it, in MB. */
    static long megabytesAfterCollection(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        return usedMegabytes(jcmd(pid, "GC.heap_info"));
    }

    static long usedMegabytes(String heapInfo) {
        return USED.matcher(heapInfo)
                .results()
                .mapToLong(it -> Long.parseLong(it.group(1)) / (it.group(2).equals("M") ? 1 : 1024))
                .sum();
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        var program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(program, Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) throw new IOException("jcmd " + command + " failed: " + output.strip());
        return output;
    }
}
