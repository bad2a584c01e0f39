package io.guildhall.operate;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/**
 * Creates routes for responses that need the services of the node. While the node starts, and if a response fails, the
 * response is a problem.
 */
interface Responder {
    /** Creates a response without blocking. */
    @FunctionalInterface
    interface Response {
        CompletionStage<HttpResponse> with(OperatorServices services);
    }

    /** Creates a response with blocking calls. */
    @FunctionalInterface
    interface BlockingResponse {
        HttpResponse with(OperatorServices services) throws Exception;
    }

    Route respond(Response response);

    /** Like {@link #respond}, on another thread; only a few run at a time. */
    Route respondBlocking(BlockingResponse response);
}
