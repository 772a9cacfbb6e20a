package app;

/** Nobody refers to it: what the jar says in META-INF/native-image is heard. */
public class Found {
    @Override
    public String toString() {
        return "found";
    }
}
