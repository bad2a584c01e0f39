package io.guildhall.http.endpoint;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * An error response as RFC 9457 describes it: a status, a stable code and a detail that says what is wrong and what to
 * do.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One field that violates its constraints. */
    public record FieldError(String field, String message) {}

    private final int status;
    private final String code;
    private final transient List<FieldError> errors;
    private final long retryAfterSeconds;
    private final transient Optional<String> location;

    public Problem(int status, String code, String detail) {
        this(status, code, detail, List.of(), 0);
    }

    private Problem(int status, String code, String detail, List<FieldError> errors, long retryAfterSeconds) {
        this(status, code, detail, errors, retryAfterSeconds, Optional.empty());
    }

    private Problem(
            int status,
            String code,
            String detail,
            List<FieldError> errors,
            long retryAfterSeconds,
            Optional<String> location) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.errors = errors;
        this.retryAfterSeconds = retryAfterSeconds;
        this.location = location;
    }

    static Problem malformed(String detail, List<FieldError> errors) {
        return new Problem(400, "malformed", detail, errors, 0);
    }

    /** Fields of a body or frame that violate constraints. */
    public static Problem invalid(List<FieldError> errors) {
        var detail = errors.size() == 1 && !errors.getFirst().field().isEmpty()
                ? errors.getFirst().field() + " " + errors.getFirst().message() + "."
                : "Some fields are invalid; they are listed under errors.";
        return new Problem(422, "invalid", detail, errors, 0);
    }

    /** One field of the body with a problem of its own. */
    public static Problem ofField(int status, String code, FieldError error) {
        return new Problem(status, code, error.field() + " " + error.message(), List.of(error), 0);
    }

    /** A temporary problem: the response says when to try again. */
    public static Problem later(int status, String code, String detail, long retryAfterSeconds) {
        return new Problem(status, code, detail, List.of(), Math.max(1, retryAfterSeconds));
    }

    /**
     * The resource has another path now, which the response has as {@code Location}.
     *
     * @param code of the documented problem with status 308
     */
    public static Problem moved(String code, String detail, String path) {
        return new Problem(308, code, detail, List.of(), 0, Optional.of(path));
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** What is wrong, and what to do. */
    public String detail() {
        return requireNonNull(getMessage());
    }

    /** 0 if a retry does not help. */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** The path to use instead; empty unless the resource has moved. */
    Optional<String> location() {
        return location;
    }

    /** The wrong fields, for the codes {@code invalid} and {@code malformed}. */
    public List<FieldError> errors() {
        return errors == null ? List.of() : errors;
    }
}
