package io.guildhall;

import com.typesafe.config.ConfigFactory;
import io.guildhall.embedded.StartupException;
import io.guildhall.operate.OperatorCommands;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The program: a node, several of them, or a word to one that runs. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var all = List.of(arguments);
        var command = all.isEmpty() ? "up" : all.getFirst();
        var rest = all.isEmpty() ? all : all.subList(1, all.size());
        quietScala();
        try {
            switch (command) {
                case "up" -> up(Options.parse(rest, System.getenv()));
                case "train" -> AotTraining.run();
                case "admin", "premium", "rebuild", "followers", "reindex", "rotate-keys" -> {
                    var config = Settings.load(ConfigFactory.empty());
                    System.exit(new OperatorCommands(Settings.of(config).managementPort()).run(command, rest));
                }
                default -> throw new UsageException("There is no command '" + command + "'.");
            }
        } catch (UsageException misuse) {
            System.err.println("\nguildhall: " + misuse.getMessage());
            Runtime.getRuntime().halt(2);
        } catch (StartupException trouble) {
            System.err.println("\nguildhall: " + trouble.getMessage());
            // Whatever has started is not to answer any more.
            Runtime.getRuntime().halt(1);
        } catch (Throwable defect) {
            System.err.println("\nguildhall: this should not happen, and is a defect:");
            defect.printStackTrace();
            Runtime.getRuntime().halt(70);
        }
    }

    /** Scala's own println, left in a library for its developers, goes nowhere: what a person sees comes from us. */
    private static void quietScala() {
        var out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        scala.Console.out();
        System.setOut(out);
    }

    private static void up(Options options) {
        var logging = StartupPreload.run();
        var config = Settings.load(options.overrides());
        var settings = Settings.of(config);
        logging.join();
        if (options.nodes() == 1) {
            Node.start(settings, config);
            // One of several is greeted for by the program that started them.
            if (System.getenv("GUILDHALL_NODE") == null) StartupMessage.print(settings);
        } else new LocalCluster(settings, options.nodes()).run();
    }
}
