package dev.cortado.examples.tour;

/** A service: implementations are named in META-INF/services. */
public interface Barista {
    String name();

    String serve(String guest);
}
