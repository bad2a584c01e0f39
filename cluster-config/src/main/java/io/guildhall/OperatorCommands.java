package io.guildhall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.guildhall.embedded.StartupException;
import io.guildhall.node.Settings;
import io.guildhall.operate.OperatorToken;
import io.guildhall.operate.PrintableText;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** Sends operator commands from the command line to the management port of a running node. */
final class OperatorCommands {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final OperatorToken token;

    OperatorCommands(URI url, OperatorToken token) {
        this.url = url;
        this.token = token;
    }

    /** @throws StartupException if there is no operator token */
    static OperatorCommands of(Settings settings) {
        var token = settings.management()
                .token()
                .or(() -> OperatorToken.read(settings.dataFolder()))
                .orElseThrow(() -> new StartupException("There is no operator token in "
                        + settings.dataFolder()
                                .resolve(OperatorToken.FILE)
                                .toAbsolutePath()
                                .normalize()
                        + ". Start a node with ./guildhall up, set GUILDHALL_DATA to the data folder of a node, or set"
                        + " GUILDHALL_OPERATOR_TOKEN to its token."));
        return new OperatorCommands(settings.management().localUrl(0), token);
    }

    /** @return the program's exit code */
    int run(String command, List<String> arguments) {
        return switch (command) {
            case "admin" -> grant(command, arguments, "grant-admin", "is an admin from the next login on.");
            case "revoke-admin" ->
                grant(command, arguments, "revoke-admin", "is not an admin any more. All sessions have ended.");
            case "premium" -> grant(command, arguments, "grant-premium", "has premium now.");
            case "rebuild" -> new RebuildCommand(this::request).run(arguments);
            case "followers" -> OperatorArguments.none(command, arguments, this::followers);
            case "index" -> new IndexCommand(this::request).run(arguments);
            case "reindex" -> OperatorArguments.none(command, arguments, this::reindex);
            case "rotate-keys" -> OperatorArguments.none(command, arguments, this::rotateKeys);
            case "members" -> members(arguments);
            case "tasks" -> tasks(arguments);
            case "audit" -> new AuditCommand(this::request).run(arguments);
            case "parked" -> new ParkedCommand(this::request).run(arguments);
            default -> throw new StartupException("Unknown operator command '" + command + "'.");
        };
    }

    /** What follows the address is the reason. */
    private int grant(String command, List<String> arguments, String action, String result) {
        var email = OperatorArguments.address(command, arguments.subList(0, Math.min(1, arguments.size())));
        var reason = String.join(" ", arguments.subList(Math.min(1, arguments.size()), arguments.size()));
        request(
                "POST",
                "/guildhall/accounts/" + encode(email) + "/" + action
                        + (reason.isBlank() ? "" : "?reason=" + encode(reason)));
        System.out.println(email + " " + result);
        return 0;
    }

    private int rotateKeys() {
        request("POST", "/guildhall/signing-keys/rotate");
        System.out.println(
                "In half a minute, access tokens will be signed with the new key. Existing tokens stay valid until they expire.");
        return 0;
    }

    private int followers() {
        FollowerTable.lines(request("GET", "/guildhall/followers")).forEach(System.out::println);
        return 0;
    }

    private int tasks(List<String> arguments) {
        var action = arguments.isEmpty() ? "list" : arguments.getFirst();
        switch (action) {
            case "list" -> listTasks();
            case "retry" -> {
                var id =
                        OperatorArguments.values(arguments, "tasks retry", "ID").getFirst();
                request("POST", "/guildhall/tasks/" + encode(id) + "/retry");
                System.out.println("The next attempt for " + id + " starts now.");
            }
            case "close" -> {
                var values = OperatorArguments.values(arguments, "tasks close", "ID", "NOTE");
                var id = values.getFirst();
                request("POST", "/guildhall/tasks/" + encode(id) + "/close?note=" + encode(values.getLast()));
                System.out.println(id + " is closed.");
            }
            default -> throw OperatorArguments.unknownAction(action, "tasks", "retry ID", "close ID NOTE");
        }
        return 0;
    }

    private void listTasks() {
        var cursor = "";
        long count = 0;
        do {
            var page = request("GET", "/guildhall/tasks" + (cursor.isEmpty() ? "" : "?cursor=" + encode(cursor)));
            for (var it : page.path("items")) {
                count++;
                System.out.printf(
                        "%-40s %-20s %16s  since %s  %s  %s%n",
                        PrintableText.of(it.path("id").asText()),
                        it.path("kind").asText(),
                        AmountText.of(it.path("amount")),
                        it.path("since").asText(),
                        Progress.count(it.path("attempts").asInt(), "attempt"),
                        PrintableText.of(it.path("detail").asText()));
            }
            cursor = page.path("next").asText("");
        } while (!cursor.isEmpty());
        if (count == 0) System.out.println("Nothing needs an operator.");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private int members(List<String> arguments) {
        if (arguments.isEmpty()) return listMembers();
        var action = arguments.getFirst();
        return switch (action) {
            case "leave", "down" -> removeMember(action, arguments);
            default -> throw OperatorArguments.unknownAction(action, "members", "leave ADDRESS", "down ADDRESS");
        };
    }

    private int removeMember(String action, List<String> arguments) {
        var address = OperatorArguments.values(arguments, "members " + action, "ADDRESS");
        var reply = request("PUT", "/cluster/members/" + encode(address.getFirst()), "operation=" + action);
        System.out.println(reply.path("message").asText());
        return 0;
    }

    private int listMembers() {
        var rows = new ArrayList<List<String>>();
        for (var it : request("GET", "/cluster/members").path("members"))
            rows.add(List.of(
                    it.path("node").asText().replaceFirst("^pekko://", ""),
                    it.path("status").asText(),
                    String.join(" ", roles(it.path("roles")))));
        TextTable.lines(rows).forEach(System.out::println);
        return 0;
    }

    /** Without the data centre, which Pekko adds as a role. */
    private static List<String> roles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .filter(it -> !it.startsWith("dc-"))
                .sorted()
                .toList();
    }

    private int reindex() {
        long total =
                request("POST", "/guildhall/index/reindex").path("documents").asLong();
        var output = Progress.toStandardOutput();
        long remaining = total;
        while (remaining > 0) {
            remaining = request("GET", "/guildhall/index").path("pending").asLong();
            output.update("%3d%%  %s of %d left"
                    .formatted(
                            100 - 100 * Math.min(remaining, total) / total,
                            Progress.count(remaining, "document"),
                            total));
            if (remaining > 0) pause();
        }
        output.finish("100%  " + Progress.count(total, "document") + " reindexed");
        return 0;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("Interrupted. The operation continues on the node.", e);
        }
    }

    private JsonNode request(String method, String path) {
        return request(method, path, "");
    }

    /** @param form the fields of a form; can be empty */
    private JsonNode request(String method, String path, String form) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token.value())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, HttpRequest.BodyPublishers.ofString(form))
                .timeout(REQUEST_TIMEOUT)
                .build();
        try (var http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build()) {
            var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            var body = JSON.readTree(response.body());
            if (response.statusCode() >= 300)
                throw new StartupException(body.path("detail")
                        .asText(body.path("message")
                                .asText("The node responded with status " + response.statusCode() + ".")));
            return body;
        } catch (IOException e) {
            throw new StartupException(
                    "No node responds on " + url
                            + ". Start one with ./guildhall up, or set GUILDHALL_MANAGEMENT_PORT to its"
                            + " management port.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("Interrupted.", e);
        }
    }
}
