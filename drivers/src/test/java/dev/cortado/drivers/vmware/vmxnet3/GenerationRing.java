package dev.cortado.drivers.vmware.vmxnet3;

/** A ring with generations, from one side. */
final class GenerationRing {
    long base;
    int size;
    int at;
    int generation;

    void reset(long where, int entries) {
        base = where;
        size = entries;
        at = 0;
        generation = 1;
    }

    long place() {
        return base + 16L * at;
    }

    void advance() {
        at = (at + 1) % size;
        generation ^= at == 0 ? 1 : 0;
    }
}
