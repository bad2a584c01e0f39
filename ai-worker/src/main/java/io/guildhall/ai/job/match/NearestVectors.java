package io.guildhall.ai.job.match;

import io.guildhall.ai.port.Embedder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Vectors of length one in memory. A search compares all of them, so it is exact. Immutable and thread-safe.
 *
 * <p>The vectors are stored in tiles of {@value #TILE}. A tile contains the first component of all its vectors, then
 * the second of all, and so on, so that the processor compares eight or more vectors at a time. A search over 34,000
 * vectors takes about 5 ms.
 */
final class NearestVectors {
    private static final int TILE = 256;
    private static final int DIMENSION = Embedder.DIMENSION;

    private final int size;
    private final float[][] tiles;

    /** @param row index of the vector in the list that the index was created from */
    record Hit(int row, float similarity) {}

    NearestVectors(List<float[]> vectors) {
        this.size = vectors.size();
        this.tiles = new float[(size + TILE - 1) / TILE][DIMENSION * TILE];
        for (int row = 0; row < size; row++) {
            float[] vector = vectors.get(row);
            if (vector.length != DIMENSION)
                throw new IllegalArgumentException("vector " + row + " has dimension " + vector.length);
            for (int d = 0; d < DIMENSION; d++) tiles[row / TILE][d * TILE + row % TILE] = vector[d];
        }
    }

    /** Returns the most similar vectors, best first. Equally similar ones are in the order of their rows. */
    List<Hit> top(float[] query, int limit) {
        var best = new TopHits(limit);
        float[] sums = new float[TILE];
        for (int tile = 0; tile < tiles.length; tile++) {
            int rows = Math.min(TILE, size - tile * TILE);
            similarities(query, tiles[tile], sums);
            for (int i = 0; i < rows; i++) best.offer(tile * TILE + i, sums[i]);
        }
        return best.hits();
    }

    private static void similarities(float[] query, float[] tile, float[] sums) {
        Arrays.fill(sums, 0);
        for (int d = 0; d < DIMENSION; d += 4) addFour(query, tile, d, sums);
    }

    /** Processes four components at a time, so that the sums are loaded and stored a quarter as often. */
    private static void addFour(float[] query, float[] tile, int d, float[] sums) {
        float a = query[d], b = query[d + 1], c = query[d + 2], e = query[d + 3];
        int first = d * TILE, second = first + TILE, third = second + TILE, fourth = third + TILE;
        for (int i = 0; i < TILE; i++)
            sums[i] += a * tile[first + i] + b * tile[second + i] + c * tile[third + i] + e * tile[fourth + i];
    }

    /** The best hits so far, in order. Rows are offered in ascending order, so of equal hits the lower row is first. */
    private static final class TopHits {
        private final int[] rows;
        private final float[] similarities;
        private int count;

        TopHits(int limit) {
            rows = new int[limit];
            similarities = new float[limit];
        }

        void offer(int row, float similarity) {
            if (count == rows.length && (count == 0 || similarity <= similarities[count - 1])) return;
            int position = count == rows.length ? count - 1 : count++;
            for (; position > 0 && similarities[position - 1] < similarity; position--) {
                rows[position] = rows[position - 1];
                similarities[position] = similarities[position - 1];
            }
            rows[position] = row;
            similarities[position] = similarity;
        }

        List<Hit> hits() {
            List<Hit> hits = new ArrayList<>(count);
            for (int i = 0; i < count; i++) hits.add(new Hit(rows[i], similarities[i]));
            return hits;
        }
    }
}
