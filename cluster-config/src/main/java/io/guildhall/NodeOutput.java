package io.guildhall;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;

/** Prints the output of a node's process, each line with the name of the node. */
final class NodeOutput {
    private NodeOutput() {}

    /** Prints until the process has ended. */
    static void print(String node, Process process) {
        Thread.startVirtualThread(() -> print(node, process.inputReader(), System.out));
        Thread.startVirtualThread(() -> print(node, process.errorReader(), System.err));
    }

    static void print(String node, BufferedReader lines, PrintStream out) {
        try (lines) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) out.println(node + "  " + line);
        } catch (IOException _) {
            // The process was killed.
        }
    }
}
