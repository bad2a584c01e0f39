package io.guildhall.bench.chaos;

import io.guildhall.bench.client.Api;
import io.guildhall.bench.client.Eventually;
import io.guildhall.bench.client.Market;
import io.guildhall.bench.client.NoAnswer;
import io.guildhall.bench.client.Person;
import io.guildhall.bench.node.House;
import io.guildhall.bench.node.Program;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Kills nodes under load, then compares all books: what was acknowledged, the journal, the read model and the provider's. */
public final class Chaos {
    private static final int PAIRS = 4;
    private static final Duration LAST_STORIES = Duration.ofMinutes(5);
    private static final Duration QUIET = Duration.ofMinutes(3);

    /** @param stories hires under way at once */
    public record Plan(int rounds, long seed, int nodes, int stories) {}

    private final Plan plan;
    private final Program program;
    private final Acknowledged acknowledged = new Acknowledged();
    private final AtomicInteger told = new AtomicInteger();
    private volatile boolean isOver;

    public Chaos(Plan plan, Program program) {
        this.plan = plan;
        this.program = program;
    }

    /** The exit code: 0 where every promise held. */
    public int run() {
        System.out.println("Chaos with seed " + plan.seed() + ": " + plan.rounds() + " rounds, " + plan.nodes()
                + " nodes, " + plan.stories() + " hires at a time. Starting the nodes …");
        var house = program.start(plan.nodes());
        boolean isWell = false;
        try (var api = new Api(house.urls(), Api.Patience.stormy())) {
            house.awaitReady();
            try (var books = new Books(house.jdbcUrl())) {
                isWell = storm(house, api, books);
            }
        } catch (SQLException | NoAnswer | RuntimeInterrupted failure) {
            System.out.println("The run itself failed: " + failure.getMessage());
        } finally {
            if (isWell) house.close();
            else keep(house);
        }
        return isWell ? 0 : 1;
    }

    private static final class RuntimeInterrupted extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** What a broken promise is looked into with. */
    private static void keep(House house) {
        house.stop();
        System.out.println("Kept for looking into: " + house.data() + ", what the nodes said in " + house.log());
    }

    private boolean storm(House house, Api api, Books books) throws SQLException {
        var pairs = pairs(Story.market(api), house);
        var load = load(pairs, Story.market(api));
        var assassin = new Assassin(house, books, new Random(plan.seed()));
        try {
            for (int round = 1; round <= plan.rounds(); round++)
                System.out.println("  round " + round + ": " + assassin.round(round % 2 == 1) + "; "
                        + acknowledged.writes() + " writes acknowledged, " + acknowledged.stories()
                        + " hires finished" + failures());
        } finally {
            isOver = true;
        }
        System.out.println("  no more kills; letting what has begun come to its end …");
        for (var thread : load) join(thread);
        awaitQuiet(house, books);
        var evidence = books.read();
        var breaches = Auditor.breaches(acknowledged.snapshot(), evidence);
        print(api, assassin, evidence, breaches);
        return breaches.isEmpty();
    }

    private String failures() {
        return acknowledged.failures() == 0 ? "" : ", " + acknowledged.failures() + " failed";
    }

    private record Pair(Person client, Person freelancer) {}

    /** Half of the freelancers have accounts at the provider that answer late, or not at all the first time. */
    private List<Pair> pairs(Market market, House house) throws SQLException {
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < PAIRS; i++) {
            var client = Person.joins(market.api(), "Client " + (char) ('A' + i), List.of("CLIENT"));
            var freelancer = Person.joins(market.api(), "Freelancer " + (char) ('A' + i), List.of("FREELANCER"));
            market.opensPayoutAccount(freelancer);
            pairs.add(new Pair(client, freelancer));
        }
        behave(house, pairs.get(0).freelancer(), "late");
        behave(house, pairs.get(1).freelancer(), "lost");
        return pairs;
    }

    private static void behave(House house, Person freelancer, String how) throws SQLException {
        try (var connection = DriverManager.getConnection(house.jdbcUrl());
                var update = connection.prepareStatement(
                        "UPDATE sandbox.connected_account SET behaviour = ? WHERE owner = ?")) {
            update.setString(1, how);
            update.setString(2, freelancer.id());
            if (update.executeUpdate() != 1) throw new NoAnswer("the provider does not know " + freelancer);
        }
    }

    private List<Thread> load(List<Pair> pairs, Market market) {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < plan.stories(); i++) {
            var pair = pairs.get(i % pairs.size());
            threads.add(Thread.startVirtualThread(() -> {
                while (!isOver) tell(told.incrementAndGet(), pair, market);
            }));
        }
        return threads;
    }

    private void tell(int number, Pair pair, Market market) {
        var name = "Story " + plan.seed() + "/" + number;
        try {
            new Story(
                            name,
                            market,
                            pair.client(),
                            pair.freelancer(),
                            new Random(plan.seed() * 31 + number),
                            acknowledged)
                    .play();
        } catch (RuntimeException failure) {
            acknowledged.failed(name + ": " + failure.getMessage());
        }
    }

    private static void join(Thread thread) {
        try {
            if (!thread.join(LAST_STORIES)) throw new NoAnswer("a story did not come to its end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RuntimeInterrupted();
        }
    }

    /** Nothing due, nothing under way, every follower at the journal's end. What is not quiet in time, the audit tells. */
    private void awaitQuiet(House house, Books books) {
        try {
            Eventually.holds("all is quiet", QUIET, () -> isQuiet(house, books));
        } catch (NoAnswer e) {
            System.out.println("  " + e.getMessage());
        }
    }

    private static boolean isQuiet(House house, Books books) {
        try {
            var followers = Assassin.read(house, 0, "/guildhall/followers");
            var behind = followers.findValues("behind");
            return !behind.isEmpty()
                    && behind.stream().allMatch(it -> it.asLong() == 0)
                    && books.waiting().isEmpty();
        } catch (SQLException e) {
            return false;
        }
    }

    private void print(Api api, Assassin assassin, Evidence evidence, List<String> breaches) throws SQLException {
        var all = acknowledged.snapshot();
        System.out.printf(
                """

                Chaos, seed %d
                  kills                         %d, one of %d nodes at a time; %d of them between the provider's answer and its recording
                  hires finished                %d
                  writes acknowledged           %d, of which messages %d
                  requests sent again           %d; answers with 500: %d
                  in the journal                %d messages, %d escrows
                  charged by the provider       %d times, %.2f
                  paid out by the provider      %d times, %.2f
                  held by the provider for us   %.2f; fees in our ledger %.2f
                """,
                plan.seed(),
                assassin.kills(),
                plan.nodes(),
                assassin.inBetween(),
                all.finished().size(),
                all.writes(),
                all.messages().size(),
                api.repeats(),
                api.defects(),
                evidence.said().size(),
                evidence.escrows().size(),
                evidence.charges().size(),
                sum(evidence.charges()),
                evidence.transfers().size(),
                sum(evidence.transfers()),
                evidence.providerBalance() / 100.0,
                -evidence.ledger().getOrDefault("revenue:fees", 0L) / 100.0);
        if (breaches.isEmpty())
            System.out.println(
                    "  No acknowledged write lost, no money made or lost, no second charge, no second payout;"
                            + " every escrow settled, every sum zero.\n");
        else {
            System.out.println("  BROKEN:");
            breaches.forEach(it -> System.out.println("    " + it));
        }
    }

    private static double sum(List<Evidence.Movement> movements) {
        return movements.stream().mapToLong(Evidence.Movement::amount).sum() / 100.0;
    }
}
