package dev.cortado.examples.tour;

/** Named in META-INF/services, and nowhere else. */
public final class ItalianBarista implements Barista {
    @Override
    public String name() {
        return "Giulia";
    }

    @Override
    public String serve(String guest) {
        return "Prego, " + guest;
    }
}
