package dev.cortado.benchmarks;

/** A machine that QEMU emulates. */
enum Machine {
    /** Without a bus. */
    MICROVM("microvm", " pci=off"),

    /** With PCI Express. */
    PC("q35", "");

    private final String word;
    private final String linuxOptions;

    Machine(String word, String linuxOptions) {
        this.word = word;
        this.linuxOptions = linuxOptions;
    }

    /** QEMU's name. */
    String word() {
        return word;
    }

    /** Behind other words of a Linux: what it need not look for. */
    String linuxOptions() {
        return linuxOptions;
    }
}
