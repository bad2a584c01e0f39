package io.guildhall.http.endpoint;

import java.util.List;

/** A refusal that the caller can act on, as RFC 9457 has it: a stable code and, in words, what to do. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One thing that is wrong with what was sent. */
    public record Flaw(String field, String message) {}

    private final int status;
    private final String code;
    private final transient List<Flaw> flaws;
    private final long retryAfterSeconds;

    public Problem(int status, String code, String detail) {
        this(status, code, detail, List.of(), 0);
    }

    private Problem(int status, String code, String detail, List<Flaw> flaws, long retryAfterSeconds) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.flaws = flaws;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    static Problem invalid(List<Flaw> flaws) {
        return new Problem(422, "invalid", "Some fields break their rules; each is named under errors.", flaws, 0);
    }

    /** One that goes away by itself: the answer says when to try again. */
    public static Problem later(int status, String code, String detail, long retryAfterSeconds) {
        return new Problem(status, code, detail, List.of(), Math.max(1, retryAfterSeconds));
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** 0 where trying again does not help. */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    List<Flaw> flaws() {
        return flaws == null ? List.of() : flaws;
    }
}
