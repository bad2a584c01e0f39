package io.guildhall.bench.seed;

import io.guildhall.bench.client.ApiClient;
import io.guildhall.bench.client.ManagementClient;
import io.guildhall.bench.client.NoResponseException;
import io.guildhall.bench.client.ProblemException;
import java.nio.file.Path;

/** The command {@code seed}: creates the demo marketplace on a running node, or writes it to files. */
public final class Seed {
    public static final String PASSWORD = "a guild of many hands";

    private final Marketplace marketplace;

    public Seed(long seed, int percent) {
        this.marketplace = Marketplace.generate(seed, percent);
    }

    /** @return the exit code: 0 if the whole marketplace exists and is indexed */
    public int upload(ManagementClient management) {
        if (ApiClient.probe(management.address().resolve("/ready")).isEmpty()) {
            System.err.println("No node responds at " + management.address()
                    + ". Start one with ./guildhall up, or set its port with --management-port.");
            return 1;
        }
        try (var api = management.api(SeedUploader.RETRY_POLICY)) {
            var uploader = new SeedUploader(api, PASSWORD);
            long added = uploader.upload(marketplace);
            uploader.awaitIndexed();
            System.out.println(
                    added == 0
                            ? "The whole marketplace existed already; nothing was added."
                            : marketplace.users().size() + " users, "
                                    + marketplace.gigs().size() + " gigs and "
                                    + marketplace.jobs().size() + " jobs exist and are indexed.");
            printNextSteps();
            return 0;
        } catch (ProblemException | NoResponseException failure) {
            System.err.println("\n" + failure.getMessage());
            System.err.println("The uploaded part is kept; repeat the command to continue.");
            return 1;
        }
    }

    private void printNextSteps() {
        System.out.printf(
                """

                Search on the start page, for example for "%s" or "%s".
                Log in as %s (a freelancer) or %s (a client),
                or as any other user in the file users.jsonl that ./guildhall seed --print DIR writes. All have the password:
                %s
                """,
                Marketplace.queries().getFirst().text(),
                Marketplace.queries().get(Marketplace.queries().size() / 2).text(),
                marketplace.users().getFirst().email(),
                marketplace.users().getLast().email(),
                PASSWORD);
    }

    /** @return the exit code */
    public int print(Path folder) {
        JsonLinesWriter.write(folder, marketplace);
        System.out.printf(
                "Wrote %d users, %d gigs, %d jobs with relevance judgements and %d queries to %s%n",
                marketplace.users().size(),
                marketplace.gigs().size(),
                marketplace.jobs().size(),
                Marketplace.queries().size(),
                folder.toAbsolutePath().normalize());
        return 0;
    }
}
