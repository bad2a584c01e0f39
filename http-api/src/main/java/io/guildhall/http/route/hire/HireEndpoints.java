package io.guildhall.http.route.hire;

import static io.guildhall.http.endpoint.Endpoint.get;

import io.guildhall.actors.Entities;
import io.guildhall.domain.hire.Hire;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.route.AggregateReader;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Read the progress and the outcome of a hire. */
public final class HireEndpoints {
    private final AggregateReader<Hire> hires;

    public HireEndpoints(Entities entities) {
        this.hires = new AggregateReader<>(entities, Hire.AGGREGATE);
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(get(
                        "/api/hires/{contractId}",
                        "Get a hire by the id of its contract. Only its client and freelancer can read it. It exists shortly after the accept.")
                .requiresLogin()
                .returns(200, HireResource.class)
                .handledBy(this::read));
    }

    private CompletionStage<HireResource> read(Call<Void> call) {
        var id = call.pathId("contractId", "ctr");
        return hires.read(id, hire -> hire.isVisibleTo(call.caller().id()))
                .thenApply(hire -> HireResource.fromHire(id, hire));
    }
}
