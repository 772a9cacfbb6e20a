package dev.cortado.system.libraries;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The vector API, whose module has to be added. */
final class VectorPart {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_128;

    private VectorPart() {}

    static void run() {
        float[] numbers = new float[64];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i * 0.5f;
        }
        float sum = 0;
        for (int i = 0; i < numbers.length; i += SPECIES.length()) {
            FloatVector vector = FloatVector.fromArray(SPECIES, numbers, i);
            sum += vector.mul(vector).reduceLanes(VectorOperators.ADD);
        }
        System.out.println(sum);
    }
}
