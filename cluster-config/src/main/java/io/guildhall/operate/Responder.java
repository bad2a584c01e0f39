package io.guildhall.operate;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;

/**
 * Makes routes of responses that need the services of the node. While the node starts, and if a response fails, the
 * response is a problem.
 */
interface Responder {
    /** Makes a response without blocking. */
    @FunctionalInterface
    interface Response {
        CompletionStage<HttpResponse> with(OperatorServices services);
    }

    /** Makes a response with calls that block. */
    @FunctionalInterface
    interface BlockingResponse {
        HttpResponse with(OperatorServices services) throws Exception;
    }

    Route respond(Response response);

    /** As {@link #respond}, on another thread; only a few of them at a time. */
    Route respondBlocking(BlockingResponse response);
}
