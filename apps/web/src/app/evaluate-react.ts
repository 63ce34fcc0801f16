// React is CommonJS: its code runs where it is first imported. In the chunk of the libraries that is a task of its own, before the app's.
import 'react-dom/client';
