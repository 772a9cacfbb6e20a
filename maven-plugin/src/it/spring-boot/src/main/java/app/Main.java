package app;

public class Main extends Program {
    Main() {
        super("niam");
    }
}
