package io.guildhall.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.guildhall.http.endpoint.Contract;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.route.account.AccountEndpoints;
import io.guildhall.http.route.admin.AdminEndpoints;
import io.guildhall.http.route.dev.DevEndpoints;
import io.guildhall.http.route.keys.KeyEndpoints;
import io.guildhall.http.route.sandbox.SandboxEndpoints;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The document as people read it: each example is one that the API could take or give. Nothing is called, so nothing is behind the endpoints. */
class ExamplesTest {
    private final Contract contract = new Contract(endpoints());

    private static List<Endpoint<?, ?>> endpoints() {
        var all = new ArrayList<Endpoint<?, ?>>(MarketEndpoints.of(new NodeEndpoints.Parts(
                null, null, null, null, Lists.all(), null, null, null, null, null, null, null)));
        all.addAll(new AccountEndpoints(null, null).all());
        all.addAll(new AdminEndpoints(null, null).all());
        all.addAll(new KeyEndpoints(null).all());
        all.addAll(new SandboxEndpoints(null).all());
        all.addAll(new DevEndpoints(null).all());
        return all;
    }

    @TestFactory
    Stream<DynamicTest> eachExampleKeepsItsSchema() {
        return contract.document().path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(operation -> DynamicTest.dynamicTest(
                                operation.getKey() + " " + path.getKey(), () -> check(operation.getValue()))));
    }

    private void check(JsonNode operation) {
        if (operation.at("/requestBody/content/application~1json").has("schema"))
            check(operation.at("/requestBody/content/application~1json"), "taken");
        operation
                .path("responses")
                .properties()
                .forEach(response ->
                        response.getValue().path("content").forEach(content -> check(content, response.getKey())));
    }

    private void check(JsonNode content, String what) {
        assertThat(content.has("example")).as(what).isTrue();
        assertThat(contract.flaws(content.get("schema"), content.get("example")))
                .as("%s %s", what, content.get("example"))
                .isEmpty();
    }

    @Test
    void anExampleIsOfItsOwnKind() {
        assertThat(contract.document()
                        .at("/paths/~1api~1jobs/post/responses/201/content/application~1json/example/id")
                        .asText())
                .startsWith("job_");
        assertThat(contract.document()
                        .at(
                                "/paths/~1api~1jobs~1{jobId}/get/responses/404/content/application~1problem+json/example/code")
                        .asText())
                .isEqualTo("not-found");
    }
}
