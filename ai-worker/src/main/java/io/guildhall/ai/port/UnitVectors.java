package io.guildhall.ai.port;

import java.util.Optional;

/** Computes vectors of length one. */
public final class UnitVectors {
    private UnitVectors() {}

    /**
     * Returns the vector of length one with the same direction; empty if all components are zero or one is not a finite
     * number.
     */
    public static Optional<float[]> normalise(float[] vector) {
        double squares = 0;
        for (float each : vector) squares += (double) each * each;
        double length = Math.sqrt(squares);
        if (!(length > 0) || Double.isInfinite(length)) return Optional.empty();
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) unit[i] = (float) (vector[i] / length);
        return Optional.of(unit);
    }
}
