package io.guildhall;

import com.typesafe.config.ConfigFactory;
import io.guildhall.embedded.StartupException;
import io.guildhall.node.Node;
import io.guildhall.node.Settings;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Starts one or several nodes, or sends an operator command to a running node. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var all = List.of(arguments);
        var command = all.isEmpty() ? "up" : all.getFirst();
        var rest = all.isEmpty() ? all : all.subList(1, all.size());
        silenceScalaConsole();
        try {
            switch (command) {
                case "up" -> up(CommandLine.parse(rest, System.getenv()));
                case "train" -> AotTraining.run();
                case "admin",
                        "revoke-admin",
                        "premium",
                        "members",
                        "rebuild",
                        "followers",
                        "index",
                        "reindex",
                        "rotate-keys",
                        "tasks",
                        "audit",
                        "parked" -> {
                    var config = Settings.load(ConfigFactory.empty());
                    System.exit(OperatorCommands.of(Settings.from(config)).run(command, rest));
                }
                default -> throw new UsageException("Unknown command '" + command + "'.");
            }
        } catch (UsageException e) {
            System.err.println("\nguildhall: " + e.getMessage());
            Runtime.getRuntime().halt(2);
        } catch (StartupException e) {
            System.err.println("\nguildhall: " + e.getMessage());
            // Halts rather than exits: parts that have started must not serve requests any more.
            Runtime.getRuntime().halt(1);
        } catch (Throwable bug) {
            System.err.println("\nguildhall: internal error, please report it:");
            bug.printStackTrace();
            Runtime.getRuntime().halt(70);
        }
    }

    /** Discards debugging output that a library prints through Scala's console. */
    private static void silenceScalaConsole() {
        var out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        scala.Console.out();
        System.setOut(out);
    }

    private static void up(CommandLine options) {
        var logging = StartupPreload.run();
        var config = Settings.load(options.overrides());
        var settings = Settings.from(config);
        logging.join();
        if (options.nodes() == 1) {
            // In a local cluster, the launching process prints the messages; dev prints that it has stopped.
            boolean isAlone = System.getenv("GUILDHALL_NODE") == null;
            boolean isRestartedByDev = System.getenv("GUILDHALL_DEV") != null;
            Node.start(settings, config, isAlone && !isRestartedByDev ? StartupMessage::printStopped : () -> {});
            if (isAlone) StartupMessage.print(settings);
        } else new LocalCluster(settings, options.nodes()).run();
    }
}
