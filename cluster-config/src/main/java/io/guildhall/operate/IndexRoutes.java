package io.guildhall.operate;

import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.guildhall.port.Embeddings.Parked;
import io.guildhall.port.Embeddings.Waiting;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/** The operator routes for the search index: show its state, embed everything again, and retry parked documents. */
final class IndexRoutes {
    private static final int MAX_PARKED = 100;

    private IndexRoutes() {}

    static Route routes(Responder responder) {
        return concat(
                path("index", () -> get(() -> responder.respond(IndexRoutes::status))),
                path(segment("index").slash("reindex"), () -> post(() -> responder.respond(IndexRoutes::reindex))),
                path(segment("index").slash("retry"), () -> post(() -> responder.respond(IndexRoutes::retry))));
    }

    /**
     * @param model that embeds the waiting documents
     * @param currentModel that searches use; empty before the first model has embedded everything
     * @param pending number of waiting documents
     * @param lagSeconds since when the longest waiting document has been waiting
     */
    private record Status(
            String model,
            String currentModel,
            long pending,
            long lagSeconds,
            long parkedDocuments,
            List<Parked> parked) {}

    private static CompletionStage<HttpResponse> status(OperatorServices services) {
        var index = services.index();
        var embeddings = index.embeddings();
        CompletionStage<Waiting> waiting = embeddings.waiting(index.model());
        return waiting.thenCompose(it -> embeddings
                .currentModel()
                .thenCompose(current -> embeddings
                        .parkedCount()
                        .thenCompose(count -> embeddings
                                .parked(MAX_PARKED)
                                .thenApply(parked -> OperatorRoutes.json(
                                        200,
                                        new Status(
                                                index.model(),
                                                current.orElse(""),
                                                it.documents(),
                                                index.metrics().lagSeconds(it),
                                                count,
                                                parked))))));
    }

    private static CompletionStage<HttpResponse> reindex(OperatorServices services) {
        return services.index()
                .embeddings()
                .reindexAll(services.index().model())
                .thenApply(documents -> OperatorRoutes.json(202, Map.of("documents", documents)));
    }

    private static CompletionStage<HttpResponse> retry(OperatorServices services) {
        return services.index()
                .embeddings()
                .retryParked()
                .thenApply(documents -> OperatorRoutes.json(202, Map.of("documents", documents)));
    }
}
