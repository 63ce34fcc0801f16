/**
 * Texts beside something conditional stand in elements of their own: translators of browsers replace text nodes, and React then neither
 * finds the text that it should remove nor the one before which it should insert.
 */
const isBlank = (node) => node.type === 'JSXText' && node.value.trim() === '';
const inner = (node) => (node.type === 'JSXExpressionContainer' ? node.expression : node);

/** Whether an expression may become a text node of its own. */
function mayBeText(node) {
  switch (node.type) {
    case 'JSXText':
    case 'TemplateLiteral':
      return true;
    case 'Literal':
      return typeof node.value === 'string' && node.value.trim() !== '';
    case 'CallExpression':
      return isTextCall(node.callee);
    case 'LogicalExpression':
      return mayBeText(node.right);
    case 'ConditionalExpression':
      return mayBeText(node.consequent) || mayBeText(node.alternate);
    default:
      return false;
  }
}

/** `t('…')`, and the functions that write names, numbers and times. */
function isTextCall(callee) {
  if (callee.type === 'Identifier') return /^(t|neutraliseBidi|format\w*)$/.test(callee.name);
  return callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'format';
}

const isConditional = ({ type }) => type === 'LogicalExpression' || type === 'ConditionalExpression';

export const translatedText = {
  meta: {
    type: 'problem',
    messages: {
      own: 'A text beside something conditional needs an element of its own: browsers translate text nodes away.',
    },
  },
  create(context) {
    const check = ({ type, children }) => {
      const parts = children
        .filter((child) => !isBlank(child) && inner(child).type !== 'JSXEmptyExpression')
        .map(inner);
      // A fragment comes and goes as a whole, with the text nodes in it.
      const isFirm = type === 'JSXElement' && (parts.length < 2 || !parts.some(isConditional));
      if (isFirm) return;
      for (const part of parts) if (mayBeText(part)) context.report({ node: part, messageId: 'own' });
    };
    return { JSXElement: check, JSXFragment: check };
  },
};
