package io.guildhall.bench.search;

import java.util.Random;

/** Vectors of length one, and pgvector's way of writing them. */
final class Vectors {
    private Vectors() {}

    static float[] of(String literal) {
        var parts = literal.substring(1, literal.length() - 1).split(",");
        var vector = new float[parts.length];
        for (int d = 0; d < vector.length; d++) vector[d] = Float.parseFloat(parts[d]);
        return vector;
    }

    static String literal(float[] vector) {
        var text = new StringBuilder(vector.length * 9).append('[');
        for (int d = 0; d < vector.length; d++)
            text.append(d == 0 ? "" : ",").append(Math.round(vector[d] * 1e5f) / 1e5f);
        return text.append(']').toString();
    }

    /** Away from where it points, by a step of that length in a direction by chance. */
    static float[] turned(float[] vector, double step, Random chance) {
        var turned = new float[vector.length];
        double squares = 0;
        for (int d = 0; d < vector.length; d++) {
            turned[d] = (float) (vector[d] + chance.nextGaussian() * step / Math.sqrt(vector.length));
            squares += turned[d] * turned[d];
        }
        for (int d = 0; d < vector.length; d++) turned[d] /= (float) Math.sqrt(squares);
        return turned;
    }
}
