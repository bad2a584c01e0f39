package io.guildhall.ai.port;

import java.util.Optional;

/** Vectors of length one. */
public final class UnitVectors {
    private UnitVectors() {}

    /** The vector of length one in the same direction; none where there is no direction: all zero, or not all numbers. */
    public static Optional<float[]> of(float[] vector) {
        double squares = 0;
        for (float each : vector) squares += (double) each * each;
        double length = Math.sqrt(squares);
        if (!(length > 0) || Double.isInfinite(length)) return Optional.empty();
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) unit[i] = (float) (vector[i] / length);
        return Optional.of(unit);
    }
}
