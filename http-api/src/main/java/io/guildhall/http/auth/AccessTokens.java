package io.guildhall.http.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.guildhall.domain.account.Role;
import io.guildhall.http.auth.Identities.Identity;
import io.guildhall.http.endpoint.Caller;
import io.guildhall.http.endpoint.Problem;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Access tokens: JWTs signed with ES256, valid for {@link #LIFETIME} or until their session ends. */
public final class AccessTokens {
    public static final Duration LIFETIME = Duration.ofMinutes(15);
    private static final String ISSUER = "guildhall";
    /** The library skips characters that do not belong to Base64. */
    private static final Pattern FORMAT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private static final int MAX_CACHED = 20_000;

    private final KeyRing keys;
    private final InstantSource clock;
    // Verifying a signature takes about 0.1 ms, and a client sends the same token many times.
    private final Map<String, Identity> cache = new ConcurrentHashMap<>();

    public AccessTokens(KeyRing keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** @param lifetime for which the token is valid */
    public record Issued(String token, Duration lifetime) {}

    /** @param sessionExpires when the session of the caller expires; no token is valid longer */
    public Issued issue(Caller caller, Instant sessionExpires) {
        try {
            var now = clock.instant();
            var expires = sessionExpires.isBefore(now.plus(LIFETIME)) ? sessionExpires : now.plus(LIFETIME);
            var key = keys.signing();
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(key.getKeyID())
                            .build(),
                    new JWTClaimsSet.Builder()
                            .issuer(ISSUER)
                            .audience(ISSUER)
                            .subject(caller.id())
                            .claim("sid", caller.session())
                            .claim(
                                    "roles",
                                    caller.roles().stream()
                                            .map(Role::name)
                                            .sorted()
                                            .toList())
                            .issueTime(Date.from(now))
                            .expirationTime(Date.from(expires))
                            .build());
            jwt.sign(new ECDSASigner(key));
            return new Issued(jwt.serialize(), Duration.between(now, expires));
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign an access token", e);
        }
    }

    /** @throws Problem 401 if the token is invalid or has expired */
    public Identity verify(String token) {
        var verified = cache.get(token);
        if (verified == null) {
            verified = verifySignature(token);
            if (cache.size() >= MAX_CACHED) cache.clear();
            cache.put(token, verified);
        }
        if (!clock.instant().isBefore(verified.expires()))
            throw new Problem(
                    401, "token-expired", "The access token has expired. Get a new one at /api/auth/refresh.");
        return verified;
    }

    private Identity verifySignature(String token) {
        try {
            if (!FORMAT.matcher(token).matches()) throw invalid();
            var jwt = SignedJWT.parse(token);
            // The last character has bits without a meaning, which the library ignores.
            if (!Base64URL.encode(jwt.getSignature().decode()).equals(jwt.getSignature())) throw invalid();
            if (!JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())) throw invalid();
            var key = keys.verifying(jwt.getHeader().getKeyID()).orElseThrow(AccessTokens::invalid);
            if (!jwt.verify(new ECDSAVerifier(key))) throw invalid();
            var claims = jwt.getJWTClaimsSet();
            if (!ISSUER.equals(claims.getIssuer()) || !claims.getAudience().contains(ISSUER)) throw invalid();
            return new Identity(
                    new Caller(
                            claims.getSubject(),
                            claims.getStringClaim("sid"),
                            claims.getStringListClaim("roles").stream()
                                    .map(Role::valueOf)
                                    .collect(Collectors.toUnmodifiableSet())),
                    claims.getExpirationTime().toInstant());
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static Problem invalid() {
        return new Problem(401, "bad-token", "The access token is invalid. Log in again.");
    }
}
