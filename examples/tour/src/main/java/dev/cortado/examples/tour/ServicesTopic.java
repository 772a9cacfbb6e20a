package dev.cortado.examples.tour;

import java.io.PrintStream;
import java.util.ServiceLoader;

/** Implementations found through ServiceLoader, in the order of the configuration file. */
final class ServicesTopic implements Topic {
    @Override
    public String title() {
        return "Services";
    }

    @Override
    public void show(PrintStream out) {
        for (Barista barista : ServiceLoader.load(Barista.class)) {
            out.println(barista.name() + ": " + barista.serve("Grace"));
        }
    }
}
