package io.guildhall.adapter.webhook;

import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.port.WebhookSender;
import io.guildhall.port.WebhookSignature;
import io.guildhall.port.WebhookTargets;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Sends webhooks over HTTP/1.1. Each message has its own connection, to one of the addresses to which its host name
 * resolves then. The address is checked when the connection is opened, so that another response of the name service
 * cannot lead to a private network. No proxy is used.
 */
public final class HttpWebhookSender implements WebhookSender, AutoCloseable {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final String RETRY_AFTER = "retry-after";
    private static final String RENAMED_RETRY_AFTER = "guildhall-retry-after";
    private static final Set<Integer> MAKE_WAIT = Set.of(429, 503);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final int MAX_EXCERPT_BYTES = 1_000;
    private static final int MAX_EXCERPT_LENGTH = 300;
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final WebhookTargets targets;
    private final OkHttpClient client;
    private final BoundedExecutor executor;

    /**
     * @param connect for the connection, without TLS
     * @param whole from the resolution of the name to the end of the response
     */
    public record Timeouts(Duration connect, Duration whole) {}

    /** Resolves a host name to at least one address. Blocks. */
    @FunctionalInterface
    public interface Resolver {
        List<InetAddress> resolve(String host) throws UnknownHostException;
    }

    public HttpWebhookSender(WebhookTargets targets, Timeouts timeouts, int maxConcurrent) {
        this(targets, timeouts, maxConcurrent, Dns.SYSTEM::lookup, it -> it);
    }

    /** @param customised adds the certificates that a test trusts */
    HttpWebhookSender(
            WebhookTargets targets,
            Timeouts timeouts,
            int maxConcurrent,
            Resolver resolver,
            UnaryOperator<OkHttpClient.Builder> customised) {
        this.targets = targets;
        this.executor = new BoundedExecutor(
                "webhooks", maxConcurrent, MARGIN, timeouts.whole().plus(MARGIN));
        this.client = customised
                .apply(new OkHttpClient.Builder())
                .dns(resolver::resolve)
                .socketFactory(new CheckedSockets(targets))
                .proxy(Proxy.NO_PROXY)
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .addNetworkInterceptor(chain -> renameRetryAfter(chain.proceed(chain.request())))
                .connectTimeout(timeouts.connect())
                .readTimeout(timeouts.whole())
                .writeTimeout(timeouts.whole())
                .callTimeout(timeouts.whole())
                .build();
    }

    @Override
    public CompletionStage<Result> send(Message message) {
        return executor.call(() -> sendBlocking(message)).exceptionally(HttpWebhookSender::timedOut);
    }

    private Result sendBlocking(Message message) throws InterruptedException {
        // The settings can have changed since the address was registered.
        var url = HttpUrl.parse(message.url().toString());
        if (url == null || targets.refusal(message.url().toString()).isPresent())
            return new Result.Failed(Failure.ADDRESS_NOT_ALLOWED);
        try (var response = client.newCall(request(url, message)).execute()) {
            return new Result.Response(response.code(), excerpt(response), retryAfter(response, message.at()));
        } catch (IOException e) {
            if (Thread.interrupted()) throw new InterruptedException();
            return new Result.Failed(failure(e));
        }
    }

    private static Request request(HttpUrl url, Message message) {
        return new Request.Builder()
                .url(url)
                .header("user-agent", "Guildhall-Webhooks/1")
                // Without a compressed response, its size is known.
                .header("accept-encoding", "identity")
                .header("connection", "close")
                .header("webhook-id", message.id())
                .header("webhook-timestamp", Long.toString(message.at().getEpochSecond()))
                .header("webhook-signature", WebhookSignature.of(message))
                .post(RequestBody.create(message.body(), JSON))
                .build();
    }

    /** With 0, the client would send the request again at once; with a large number, it would fail. */
    private static Response renameRetryAfter(Response response) {
        var header = response.header(RETRY_AFTER);
        var renamed = response.newBuilder().removeHeader(RETRY_AFTER).removeHeader(RENAMED_RETRY_AFTER);
        return header == null
                ? renamed.build()
                : renamed.header(RENAMED_RETRY_AFTER, header).build();
    }

    /** A number of seconds or a date of HTTP; empty if it is neither. */
    private static Optional<Instant> retryAfter(Response response, Instant now) {
        var header = response.header(RENAMED_RETRY_AFTER);
        if (header == null || !MAKE_WAIT.contains(response.code())) return Optional.empty();
        if (SECONDS.matcher(header).matches()) return Optional.of(now.plusSeconds(Long.parseLong(header)));
        return Optional.ofNullable(response.headers().getDate(RENAMED_RETRY_AFTER))
                .map(Date::toInstant);
    }

    /** The status counts even if the body cannot be read. */
    private static String excerpt(Response response) {
        var body = response.body();
        if (body == null) return "";
        try {
            body.source().request(MAX_EXCERPT_BYTES);
        } catch (IOException e) {
            return "";
        }
        var buffer = body.source().getBuffer();
        var bytes = buffer.snapshot((int) Math.min(buffer.size(), MAX_EXCERPT_BYTES));
        return plain(bytes.string(StandardCharsets.UTF_8));
    }

    /** Without control characters, formatting characters that change the order of a text, and line ends. */
    private static String plain(String text) {
        var plain = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}\\uFFFD]+", " ")
                .strip();
        return plain.codePointCount(0, plain.length()) <= MAX_EXCERPT_LENGTH
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, MAX_EXCERPT_LENGTH)) + "…";
    }

    private static Failure failure(IOException e) {
        // The client wraps the exception of the socket.
        if (e.getCause() instanceof CheckedSockets.NotAllowedException) return Failure.ADDRESS_NOT_ALLOWED;
        return switch (e) {
            case UnknownHostException _ -> Failure.HOST_UNKNOWN;
            case SSLException _ -> Failure.TLS_FAILED;
            case InterruptedIOException _ -> Failure.TIMED_OUT;
            case ProtocolException _ -> Failure.INVALID_RESPONSE;
            default -> Failure.CONNECTION_FAILED;
        };
    }

    private static Result timedOut(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) return new Result.Failed(Failure.TIMED_OUT);
        throw failure instanceof CompletionException it ? it : new CompletionException(failure);
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
    }
}
