package io.guildhall.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.guildhall.bench.client.Eventually;
import io.guildhall.bench.node.House;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;

/** Kills one node at a time as {@code kill -9} does, and waits until all are back. */
final class Assassin {
    private static final Duration RETURN = Duration.ofSeconds(120);
    private static final Duration HUNT = Duration.ofSeconds(8);
    private static final Duration GLANCE = Duration.ofMillis(2);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final House house;
    private final Books books;
    private final Random chance;
    private final List<String> addresses = new ArrayList<>();
    private int kills;
    private int inBetween;

    Assassin(House house, Books books, Random chance) {
        this.house = house;
        this.books = books;
        this.chance = chance;
        for (int node = 0; node < house.size(); node++)
            addresses.add(members(node).path("selfNode").asText());
    }

    int kills() {
        return kills;
    }

    /** Kills of a node whose call the provider had accepted, before it had recorded what came of it. */
    int inBetween() {
        return inBetween;
    }

    /** What was done, in words. */
    String round(boolean hunting) throws SQLException {
        Eventually.pause(Duration.ofMillis(1_000 + chance.nextInt(4_000)));
        int random = chance.nextInt(house.size());
        int caught = hunting ? hunt() : -1;
        int victim = caught >= 0 ? caught : random;
        long pid = house.pid(victim);
        house.kill(victim);
        kills++;
        if (caught >= 0) inBetween++;
        long began = System.nanoTime();
        awaitReturn(victim, pid);
        return "killed node " + (victim + 1) + (caught >= 0 ? " between the provider's answer and its recording" : "")
                + ", back after " + Duration.ofNanos(System.nanoTime() - began).toMillis() / 100 / 10.0 + " s";
    }

    /** A node that has asked the provider and not recorded its answer; -1 where none showed in time. */
    private int hunt() throws SQLException {
        long until = System.nanoTime() + HUNT.toNanos();
        while (System.nanoTime() < until) {
            var address = books.nodeBetweenAnswerAndRecord();
            if (address.isPresent()) return addresses.indexOf(address.get());
            Eventually.pause(GLANCE);
        }
        return -1;
    }

    private void awaitReturn(int victim, long pid) {
        Eventually.holds(
                "node " + (victim + 1) + " is started again", RETURN, () -> house.pid(victim) != pid && isUp(victim));
        for (int node = 0; node < house.size(); node++) seesAll(node);
    }

    /** All of one cluster: a node that came back alone sees itself alone. */
    private void seesAll(int node) {
        Eventually.holds(
                "node " + (node + 1) + " sees all others as members",
                RETURN,
                () -> StreamSupport.stream(members(node).path("members").spliterator(), false)
                                .filter(it -> it.path("status").asText().equals("Up"))
                                .count()
                        == house.size());
    }

    private boolean isUp(int node) {
        return house.isReady(node);
    }

    private JsonNode members(int node) {
        return read(house, node, "/cluster/members");
    }

    /** A missing node where there is no answer. */
    static JsonNode read(House house, int node, String path) {
        try (var stream = house.management(node).resolve(path).toURL().openStream()) {
            return JSON.readTree(stream);
        } catch (java.io.FileNotFoundException | java.net.SocketException e) {
            return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
