package io.guildhall.http.live;

import io.guildhall.http.live.ConnectionStage.Incoming;
import io.guildhall.http.live.ConnectionStage.Outgoing;
import java.time.Duration;
import java.util.Random;
import org.apache.pekko.NotUsed;
import org.apache.pekko.event.NoLogging;
import org.apache.pekko.http.impl.engine.ws.FrameEvent;
import org.apache.pekko.http.impl.engine.ws.FrameHandler;
import org.apache.pekko.http.impl.engine.ws.FrameStart;
import org.apache.pekko.http.impl.engine.ws.Protocol;
import org.apache.pekko.http.impl.engine.ws.UpgradeToWebSocketLowLevel;
import org.apache.pekko.http.impl.engine.ws.WebSocket;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ws.WebSocketUpgrade;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Graph;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;
import scala.Option;
import scala.jdk.javaapi.DurationConverters;

/**
 * Upgrades requests to WebSockets. Pekko HTTP's API for messages can send neither a close code nor a ping, and hides
 * pongs. Therefore this class uses the layers below it: Pekko still parses, unmasks and checks frames, decodes text and
 * handles the closing handshake.
 */
final class WebSockets {
    static final String SUBPROTOCOL = "guildhall.v1";
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    private WebSockets() {}

    /** @param frameArrived is called for every WebSocket frame: also for a part of a message, or a pong */
    static HttpResponse upgrade(WebSocketUpgrade upgrade, ConnectionStage stage, Runnable frameArrived) {
        var messages = Flow.of(FrameHandler.Output.class)
                .map(WebSockets::incoming)
                .via(stage)
                .map(WebSockets::outgoing);
        var frames = Flow.of(FrameEvent.class)
                .map(frame -> {
                    if (frame instanceof FrameStart) frameArrived.run();
                    return frame;
                })
                .via(layers().join(messages));
        return ((UpgradeToWebSocketLowLevel) upgrade)
                .handleFrames(frames.mapMaterializedValue(it -> (Object) it), Option.apply(SUBPROTOCOL));
    }

    private static BidiFlow<FrameEvent, FrameHandler.Output, Object, FrameEvent, NotUsed> layers() {
        var masking = WebSocket.masking(true, Random::new);
        var handling =
                WebSocket.frameHandling(true, DurationConverters.toScala(CLOSE_TIMEOUT), NoLogging.getInstance());
        return BidiFlow.fromGraph(masking).atop(BidiFlow.fromGraph(covariant(handling)));
    }

    /** A covariant Scala type is invariant in Java; the cast is safe since every sent frame is a frame event. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <I, O> Graph<BidiShape<I, O, Object, FrameEvent>, NotUsed> covariant(
            Graph<? extends BidiShape<I, O, Object, ? extends FrameEvent>, NotUsed> flow) {
        return (Graph) flow;
    }

    private static Incoming incoming(FrameHandler.Output frame) {
        return switch (frame) {
            case FrameHandler.TextMessagePart part -> new Incoming.TextPart(part.data(), part.last());
            case FrameHandler.BinaryMessagePart _ -> new Incoming.Binary();
            case FrameHandler.DirectAnswer answer -> new Incoming.Response(answer);
            case FrameHandler.PeerClosed _, FrameHandler.ActivelyCloseWithCode _ -> new Incoming.Closing(frame);
            default -> new Incoming.Nothing();
        };
    }

    private static Object outgoing(Outgoing frame) {
        return switch (frame) {
            case Outgoing.Frame(var json, var _) ->
                full(Protocol.Opcode$.MODULE$.forCode((byte) 1), ByteString.fromString(json));
            case Outgoing.Ping _ ->
                new FrameHandler.DirectAnswer(
                        full(Protocol.Opcode$.MODULE$.forCode((byte) 9), ByteString.emptyByteString()));
            case Outgoing.Close(var code, var reason) ->
                new FrameHandler.ActivelyCloseWithCode(Option.apply(code.number()), reason);
            case Outgoing.Response(var response) -> response;
            case Outgoing.End _ -> FrameHandler.UserHandlerCompleted$.MODULE$;
        };
    }

    private static FrameStart full(Protocol.Opcode opcode, ByteString data) {
        return FrameEvent.fullFrame(opcode, Option.empty(), data, true, false, false, false);
    }
}
