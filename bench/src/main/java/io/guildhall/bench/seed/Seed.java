package io.guildhall.bench.seed;

import io.guildhall.bench.client.Api;
import io.guildhall.bench.client.NoAnswer;
import io.guildhall.bench.client.Refused;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Fills a house with the demo marketplace, or shows it. */
public final class Seed {
    public static final String PASSWORD = "a guild of many hands";

    private final Marketplace marketplace;

    public Seed(long seed, int percent) {
        this.marketplace = Marketplace.generate(seed, percent);
    }

    /** @return the program's exit code: 0 where all of it is there and can be found */
    public int bring(URI management) {
        if (Api.knock(management.resolve("/ready")).isEmpty()) {
            System.err.println("No node answers on " + management
                    + ". Start one with ./guildhall up, or name its port with --management-port.");
            return 1;
        }
        try (var api = new Api(List.of(management), Delivery.PATIENCE)) {
            var delivery = new Delivery(api, PASSWORD);
            long added = delivery.bring(marketplace);
            delivery.awaitFound();
            System.out.println(
                    added == 0
                            ? "All of it was there before; nothing was added."
                            : marketplace.people().size() + " people, "
                                    + marketplace.gigs().size() + " gigs and "
                                    + marketplace.jobs().size() + " jobs are there and can be found.");
            sayWhatNext();
            return 0;
        } catch (Refused | NoAnswer failure) {
            System.err.println("\n" + failure.getMessage());
            System.err.println("What was brought stays; the same command goes on where it broke off.");
            return 1;
        }
    }

    private void sayWhatNext() {
        System.out.printf(
                """

                Look for something on the first page, say "%s" or "%s".
                Log in as %s (a freelancer) or %s (a client),
                or as anybody else whom ./guildhall seed --print DIR writes into people.jsonl; the password of all is:
                %s
                """,
                Marketplace.queries().getFirst().text(),
                Marketplace.queries().get(Marketplace.queries().size() / 2).text(),
                marketplace.people().getFirst().email(),
                marketplace.people().getLast().email(),
                PASSWORD);
    }

    public int print(Path folder) {
        Print.to(folder, marketplace);
        System.out.printf(
                "%d people, %d gigs, %d jobs, what suits what, and %d queries are in %s%n",
                marketplace.people().size(),
                marketplace.gigs().size(),
                marketplace.jobs().size(),
                Marketplace.queries().size(),
                folder.toAbsolutePath().normalize());
        return 0;
    }
}
