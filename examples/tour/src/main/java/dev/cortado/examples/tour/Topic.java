package dev.cortado.examples.tour;

import java.io.PrintStream;

/** One stop of the tour: shows one part of Java and prints what comes of it. */
interface Topic {
    String title();

    void show(PrintStream out) throws Exception;
}
