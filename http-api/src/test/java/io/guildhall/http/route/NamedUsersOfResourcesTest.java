package io.guildhall.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.domain.account.Role;
import io.guildhall.http.TestClient;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Every resource that names a user shows the name, handle and picture, not the account id alone. */
class NamedUsersOfResourcesTest {
    private static final TestServer SERVER = new TestServer();
    private static final Pattern ACCOUNT_ID = Pattern.compile("\\b(account id|id of (the|an) [a-z ]*account)\\b");

    /** Their resources show the name elsewhere: the same record, the actor, the members of the room, the user itself. */
    private static final Set<String> IDS_ONLY = Set.of(
            "UserResource.accountId",
            "TimelineEntryResource.actorId",
            "ReadMarkResource.accountId",
            "ProfileResource.accountId",
            "AccountResource.id");

    private final String client = TestServer.newId("acc");
    private final String freelancer = TestServer.newId("acc");

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void noResponseHasTheIdOfAnAccountAlone() {
        var document = SERVER.anonymous.get("/openapi.json").is(200).json();
        var schemas = document.path("components").path("schemas");
        var used = new HashSet<String>();
        document.path("paths")
                .forEach(path -> path.forEach(operation -> collect(operation.path("responses"), schemas, used)));
        assertThat(used).contains("JobResource", "UserResource", "MessageResource");
        for (var name : used)
            schemas.path(name)
                    .path("properties")
                    .properties()
                    .forEach(
                            it -> assertThat(isAccountId(it.getValue()) && !IDS_ONLY.contains(name + "." + it.getKey()))
                                    .as("%s.%s must be a UserResource", name, it.getKey())
                                    .isFalse());
    }

    private static boolean isAccountId(JsonNode property) {
        return property.path("type").asText().equals("string")
                && ACCOUNT_ID
                        .matcher(property.path("description").asText().toLowerCase(Locale.ROOT))
                        .find();
    }

    private static void collect(JsonNode node, JsonNode schemas, Set<String> used) {
        var reference = node.path("$ref").asText();
        if (reference.startsWith("#/components/schemas/")) {
            var name = reference.substring(reference.lastIndexOf('/') + 1);
            if (used.add(name)) collect(schemas.path(name), schemas, used);
        }
        node.forEach(it -> collect(it, schemas, used));
    }

    private void shows(JsonNode user, String accountId) {
        assertThat(user.path("accountId").asText()).isEqualTo(accountId);
        assertThat(user.path("name").asText()).isEqualTo("Name of " + accountId);
        assertThat(user.path("handle").asText()).isEqualTo(accountId.replace('_', '-'));
        assertThat(user.path("picture").path("url").asText()).contains("/fil_1.png");
    }

    @Test
    void responsesShowUsers() {
        TestClient reader = SERVER.as(Role.CLIENT, client);
        var job = SERVER.publishJob(client);
        shows(SERVER.anonymous.get("/api/jobs/" + job).is(200).json().path("client"), client);
        var proposal = SERVER.proposal(job, client, freelancer);
        var shown = reader.get("/api/proposals/" + proposal).is(200).json();
        shows(shown.path("client"), client);
        shows(shown.path("freelancer"), freelancer);
        var contract = SERVER.contract(client, freelancer);
        shows(reader.get("/api/contracts/" + contract).is(200).json().path("freelancer"), freelancer);
        shows(SERVER.anonymous.get("/api/jobs").is(200).json().at("/items/0/client"), "acc_1");
    }
}
