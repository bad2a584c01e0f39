package io.guildhall.operate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.guildhall.UsageException;
import io.guildhall.embedded.StartupException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What an operator says on the command line to a node that runs, by its management port. */
public final class OperatorCommands {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String url;

    public OperatorCommands(int managementPort) {
        this.url = "http://127.0.0.1:" + managementPort;
    }

    /** @return the program's exit code */
    public int run(String command, List<String> arguments) {
        return switch (command) {
            case "admin" -> admin(one(arguments, "admin EMAIL"));
            case "premium" -> premium(one(arguments, "premium EMAIL"));
            case "rebuild" -> rebuild(arguments);
            case "followers" -> followers();
            case "reindex" -> reindex();
            case "rotate-keys" -> rotate();
            default -> throw new StartupException("There is no operator command '" + command + "'.");
        };
    }

    private static String one(List<String> arguments, String usage) {
        if (arguments.size() != 1) throw new UsageException("Usage: ./guildhall " + usage + ".");
        return arguments.getFirst();
    }

    private int premium(String email) {
        ask("POST", "/guildhall/premium/" + URLEncoder.encode(email, StandardCharsets.UTF_8));
        System.out.println(email + " has premium from now on.");
        return 0;
    }

    private int admin(String email) {
        ask("POST", "/guildhall/admins/" + URLEncoder.encode(email, StandardCharsets.UTF_8));
        System.out.println(email + " is an admin from the next log-in on.");
        return 0;
    }

    private int rotate() {
        ask("POST", "/guildhall/signing-keys/rotation");
        System.out.println(
                "Access tokens are signed with a new key; those signed before stay good until they run out.");
        return 0;
    }

    private int followers() {
        for (var it : ask("GET", "/guildhall/followers"))
            System.out.printf(
                    "%-16s %-7s slice %d  at %-22s %d behind%n",
                    it.path("follower").asText(),
                    it.path("view").asBoolean() ? "view" : "process",
                    it.path("slice").asInt(),
                    it.path("position").asText(),
                    it.path("eventsBehind").asLong());
        return 0;
    }

    private int rebuild(List<String> arguments) {
        if (arguments.size() > 1) throw new UsageException("Usage: ./guildhall rebuild [VIEW].");
        if (!arguments.isEmpty()) rebuild(arguments.getFirst());
        else for (var view : ask("GET", "/guildhall/views")) rebuild(view.asText());
        return 0;
    }

    private void rebuild(String view) {
        ask("POST", "/guildhall/views/" + URLEncoder.encode(view, StandardCharsets.UTF_8) + "/rebuild");
        long total = Math.max(1, behind(view));
        long left = total;
        while (left > 0) {
            System.out.printf(
                    "\r%-16s %3d %%  %d events left   ", view, 100 - 100 * Math.min(left, total) / total, left);
            System.out.flush();
            pause();
            left = behind(view);
            total = Math.max(total, left);
        }
        System.out.printf("\r%-16s 100 %%  rebuilt                  %n", view);
    }

    private int reindex() {
        long total = ask("POST", "/guildhall/index").path("documents").asLong();
        long left = total;
        while (left > 0) {
            left = ask("GET", "/guildhall/index").path("waiting").asLong();
            System.out.printf(
                    "\r%3d %%  %d of %d documents left   ", 100 - 100 * Math.min(left, total) / total, left, total);
            System.out.flush();
            if (left > 0) pause();
        }
        System.out.printf("\r100 %%  %d documents read again                  %n", total);
        return 0;
    }

    private long behind(String view) {
        long behind = 0;
        for (var it : ask("GET", "/guildhall/followers"))
            if (it.path("follower").asText().equals(view))
                behind += it.path("eventsBehind").asLong();
        return behind;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("Interrupted; what was begun goes on by itself.", e);
        }
    }

    private JsonNode ask(String method, String path) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(PATIENCE)
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            var answer = JSON.readTree(response.body());
            if (response.statusCode() >= 300)
                throw new StartupException(
                        answer.path("detail").asText("The node refused with " + response.statusCode() + "."));
            return answer;
        } catch (IOException e) {
            throw new StartupException(
                    "No node answers on " + url + ". Start one with ./guildhall up, or name its management port with"
                            + " GUILDHALL_MANAGEMENT_PORT.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("Interrupted.", e);
        }
    }
}
