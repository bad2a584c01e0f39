package io.guildhall.operate;

import static io.guildhall.operate.OperatorProblems.problem;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * Decides which requests the addresses for operators serve. Requests of web pages are refused: those with an
 * {@code Origin}, and those to a host name that is not the node's, which a page could have pointed at the node's address
 * (DNS rebinding). Health and metrics need no token; everything else does, including the routes of Pekko Management.
 *
 * @param hostNames in lower case, in addition to {@code localhost} and IP addresses
 */
record ManagementGuard(OperatorToken token, Set<String> hostNames) {
    private static final Set<String> HEALTH = Set.of("/ready", "/alive", "/startup");
    private static final String METRICS = "/metrics";
    private static final String BEARER = "Bearer ";

    /** The response to a request that the management address does not serve; empty if it serves it. */
    Optional<HttpResponse> refuse(HttpRequest request) {
        return refuseWebPages(request)
                .or(() -> isHealthOrMetrics(request) || hasToken(request) ? Optional.empty() : Optional.of(noToken()));
    }

    /** The response to a request that the address of the probes does not serve; empty if it serves it. */
    Optional<HttpResponse> refuseOnProbes(HttpRequest request) {
        return refuseWebPages(request)
                .or(() -> isHealthOrMetrics(request) ? Optional.empty() : Optional.of(notOnProbes()));
    }

    private Optional<HttpResponse> refuseWebPages(HttpRequest request) {
        if (request.getHeader("Origin").isPresent())
            return Optional.of(problem(
                    403,
                    "origin-not-allowed",
                    "Requests of web pages are not accepted. Send the request without an Origin header."));
        return isOwnHost(request)
                ? Optional.empty()
                : Optional.of(problem(
                        403,
                        "host-not-allowed",
                        "This host name is not one of the node's. Use an IP address, or add the name to"
                                + " guildhall.management.host-names (GUILDHALL_MANAGEMENT_HOST_NAMES)."));
    }

    private boolean isOwnHost(HttpRequest request) {
        var host = request.getUri().getHost();
        if (host.isIPv4() || host.isIPv6()) return true;
        var name = host.address().toLowerCase(Locale.ROOT);
        return name.equals("localhost") || hostNames.contains(name);
    }

    private static boolean isHealthOrMetrics(HttpRequest request) {
        return isHealth(request) || (isRead(request) && request.getUri().path().equals(METRICS));
    }

    static boolean isHealth(HttpRequest request) {
        return isRead(request) && HEALTH.contains(request.getUri().path());
    }

    private static boolean isRead(HttpRequest request) {
        return request.method().equals(HttpMethods.GET) || request.method().equals(HttpMethods.HEAD);
    }

    private boolean hasToken(HttpRequest request) {
        return request.getHeader("Authorization")
                .map(HttpHeader::value)
                .filter(it -> it.startsWith(BEARER))
                .filter(it -> token.matches(it.substring(BEARER.length())))
                .isPresent();
    }

    private static HttpResponse noToken() {
        return problem(
                401,
                "operator-token-required",
                "Send the operator token in the header Authorization: Bearer TOKEN. It is in the file "
                        + OperatorToken.FILE + " of the node's data folder, or in GUILDHALL_OPERATOR_TOKEN.");
    }

    private static HttpResponse notOnProbes() {
        return problem(
                404,
                "not-found",
                "This address serves health and metrics only. Operator commands are at the management address.");
    }
}
