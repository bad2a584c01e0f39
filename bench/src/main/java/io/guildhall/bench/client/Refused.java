package io.guildhall.bench.client;

/** The server's definite answer that it will not: a problem with its code. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    public Refused(String request, int status, String code, String detail) {
        super(request + " was answered " + status + " " + code + ": " + detail);
        this.status = status;
        this.code = code;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }
}
