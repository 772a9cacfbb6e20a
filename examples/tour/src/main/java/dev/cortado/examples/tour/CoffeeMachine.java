package dev.cortado.examples.tour;

/** Used by name only; its metadata is in META-INF/native-image. */
public final class CoffeeMachine {
    private final String name;
    private int cups;

    public CoffeeMachine(String name) {
        this.name = name;
    }

    public int brew(int more) {
        cups += more;
        return cups;
    }

    @Override
    public String toString() {
        return name + " (" + cups + " cups)";
    }

    /** Reached through reflection as well. */
    public record Setting(String label, int degrees) {}
}
