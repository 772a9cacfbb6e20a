package dev.cortado.examples.tour;

/** Named in META-INF/services, and nowhere else. */
public final class SpanishBarista implements Barista {
    @Override
    public String name() {
        return "Carmen";
    }

    @Override
    public String serve(String guest) {
        return "Aqui tienes, " + guest;
    }
}
