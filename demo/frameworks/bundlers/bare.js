// Nothing is taken from the module, and its tags are wanted all the same.
import 'pay-link';
